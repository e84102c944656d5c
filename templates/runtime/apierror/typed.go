package apierror

import "reflect"

// ErrorOf is an [Error] with its body as a T, for an API whose errors have more
// than the fields of Error. Find it with [errors.As], which reports whether the
// body is JSON, or XML of an API that has such, that a T can hold:
//
//	var problem *apierror.ErrorOf[struct {
//		Detail string `json:"detail"`
//	}]
//	if errors.As(err, &problem) {
//		log.Print(problem.StatusCode, problem.Body.Detail)
//	}
//
// It has the other fields and the methods of Error as well.
type ErrorOf[T any] struct {
	*plain
	Body T
}

// plain is an Error by a name that does not hide its method.
type plain = Error

// Unwrap returns the [Error].
func (e *ErrorOf[T]) Unwrap() error { return e.plain }

func (e *ErrorOf[T]) fill(from *Error) bool {
	e.plain = from
	return from.Decode(&e.Body) == nil
}

// As makes an [ErrorOf] of e, if its body fits; see [errors.As].
func (e *Error) As(target any) bool {
	to := reflect.ValueOf(target).Elem()
	if to.Kind() != reflect.Pointer {
		return false
	}
	typed := reflect.New(to.Type().Elem())
	filler, ok := typed.Interface().(interface{ fill(*Error) bool })
	if !ok || !filler.fill(e) {
		return false
	}
	to.Set(typed)
	return true
}
