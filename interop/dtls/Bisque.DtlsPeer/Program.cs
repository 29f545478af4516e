// One end of a DTLS connection on 127.0.0.1, for tests against other implementations. Events go to standard output, a JSON object
// a line. Application data that arrives is echoed; what standard input says is sent, and its end closes the connection.

using Bisque.DtlsPeer;
using Bisque.Net;

var options = PeerOptions.Parse(args);
using var loop = new EventLoop(new());
using var peer = new Peer(options, loop);
peer.Start();
loop.Run();
