// Package output puts a set of files into a folder: all of them or none. It
// takes them as they are, and what it does not know to be its own it leaves
// alone.
//
// # What is ours
//
// The files of a run are listed, with a hash of each, in .gen-manifest in the
// folder. What others do: most generators overwrite what is in the way and
// leave behind what they no longer make; some empty the folder first, and with
// it went the work of people who kept files there.
//
// **Decision:** A file is ours if the manifest lists it and it has the content
// that was written, or if its first lines say that gen made it. A file that
// the manifest lists and that people have made their own, by changing it where
// no line forbids that, stays as they left it. Any other file at a path of
// ours is an error, and any other file at all is none of our business. Only
// what the manifest lists is ever removed.
//
// # All or nothing
//
// Everything is compared first: content that is there already is not written
// again, and a run that changes nothing touches nothing. What changes is
// staged in .gen-new inside of the folder, which finds out early whether it
// can be written to and whether the disk has room. Then, one of two ways:
//
// A folder with nothing but our files is exchanged as a whole. The staged
// folder, completed with links to the files that stay, takes the place of the
// old one by the one system call that exchanges two names. There is no moment
// at which a reader, or a process that is killed, finds anything but the whole
// old output or the whole new one.
//
// A folder that holds files of others too, or that cannot be exchanged (the
// current folder, a mount point, an operating system without that call), has
// its files replaced one by one. Renaming .gen-new to .gen-commit is the point
// of no return: a run that is killed before it leaves the old output, and for
// a run that is killed after it the next one finishes the work. The window in
// which the folder holds some files of either is that of a few renames, well
// under a millisecond for a small SDK. An error in it, rather than a kill, is
// undone from .gen-old.
//
// **Decision:** Two ways, because the first cannot be had everywhere and the
// second cannot be made free of a window. Neither waits for the disk: what a
// power failure leaves is for the version control to mend.
package output
