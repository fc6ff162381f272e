//go:build js && wasm

package main

import "github.com/nats-io/nats-server/v2/server"

// lameDuck makes the server tell its clients to go elsewhere, and end when they are gone. Returns what is wrong, or null.
func lameDuck(nats *server.Server) any {
	duck, can := any(nats).(interface{ LameDuckShutdown() })
	if !can {
		return "this version of nats-server has no lame duck mode that it can be told from inside"
	}
	go func() {
		// A server without a listener ignores lame duck mode, whose first act is to close it. So it gets one for that moment: on
		// the network that Go keeps in memory where there is none, which nothing outside this program reaches.
		listening := make(chan struct{})
		go nats.AcceptLoop(listening)
		<-listening
		duck.LameDuckShutdown()
	}()
	return nil
}
