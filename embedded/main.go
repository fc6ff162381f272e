//go:build js && wasm

// The nats-server that runs inside a browser: the real one, listening on nothing. Its clients come as in-process
// connections, which the worker around this program (src/embedded/) bridges to MessagePorts.
package main

import (
	"fmt"
	"os"
	"runtime/debug"
	"syscall/js"
	"time"

	"github.com/nats-io/nats-server/v2/server"
)

const readyWithin = 10 * time.Second

// What the worker gives this program: `started(exports)`, called once it takes connections, and what bridge.go calls.
var host = js.Global().Get("roundtripHost")

func main() {
	// The server allocates much and keeps little: a few megabytes more save most of the collections.
	debug.SetGCPercent(400)
	nats, err := server.NewServer(&server.Options{
		// As in nats-server.conf.
		ServerName: "roundtrip",
		DontListen: true,
		NoSigs:     true,
		NoLog:      true,
	})
	if err != nil {
		fail(err)
	}
	nats.Start()
	if !nats.ReadyForConnections(readyWithin) {
		fail(fmt.Errorf("nats-server was not ready within %s", readyWithin))
	}

	bridge := newBridge(nats)
	exports := bridge.exports()
	exports["version"] = server.VERSION
	exports["monitor"] = js.FuncOf(func(_ js.Value, args []js.Value) any { return monitor(nats, args[0].String()) })
	exports["stop"] = js.FuncOf(func(js.Value, []js.Value) any {
		go nats.Shutdown()
		return nil
	})
	exports["lameDuck"] = js.FuncOf(func(js.Value, []js.Value) any { return lameDuck(nats) })
	host.Call("started", exports)

	nats.WaitForShutdown()
	// What the server said last is still on its way to the clients.
	bridge.drained()
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}
