package spec
import ("testing";"syscall";"time";"fmt";"os";"github.com/getkin/kin-openapi/openapi3")
func cpu() time.Duration { var r syscall.Rusage; syscall.Getrusage(0, &r); return time.Duration(r.Utime.Nano()+r.Stime.Nano()) }
func BenchmarkCF(b *testing.B) {
	s := cpu(); n := 0
	for b.Loop() { Load(corpus+"/real/cloudflare-2024-08.json", Options{}); n++ }
	fmt.Println("cpu per load", (cpu()-s)/time.Duration(n))
}
func TestCPU(t *testing.T) {
	for _, f := range []string{"cloudflare-2024-08.json", "stripe.yaml", "openai.yaml", "kubernetes-v2.json"} {
		data, _ := os.ReadFile(corpus+"/real/"+f)
		s := cpu(); for range 3 { Load(corpus+"/real/"+f, Options{}) }; a := (cpu()-s)/3
		s = cpu(); openapi3.NewLoader().LoadFromData(data); k := cpu()-s
		fmt.Println(f, len(data), "ours", a, "kin", k)
	}
}
