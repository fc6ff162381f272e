//go:build js && wasm

package main

import (
	"bytes"
	"encoding/json"
	"net/http"
	"runtime"

	"github.com/nats-io/nats-server/v2/server"
)

// monitor answers what nats-server's monitoring port would: a path such as "/connz?subs=detail" gets its JSON, or null when
// there is no such page or the server refuses it.
func monitor(nats *server.Server, path string) any {
	request, err := http.NewRequest(http.MethodGet, path, nil)
	if err != nil {
		return nil
	}
	var answer answer
	switch request.URL.Path {
	case server.VarzPath:
		return varz(nats)
	case server.ConnzPath:
		nats.HandleConnz(&answer, request)
	case server.SubszPath:
		nats.HandleSubsz(&answer, request)
	default:
		return nil
	}
	if answer.status >= http.StatusBadRequest {
		return nil
	}
	return answer.body.String()
}

// varz tells the memory of this program in place of that of a process, which there is none of.
func varz(nats *server.Server) any {
	vitals, err := nats.Varz(nil)
	if err != nil {
		return nil
	}
	var memory runtime.MemStats
	runtime.ReadMemStats(&memory)
	vitals.Mem = int64(memory.Sys)
	text, err := json.Marshal(vitals)
	if err != nil {
		return nil
	}
	return string(text)
}

// answer is an http.ResponseWriter that keeps what it is given.
type answer struct {
	header http.Header
	status int
	body   bytes.Buffer
}

func (a *answer) Header() http.Header {
	if a.header == nil {
		a.header = http.Header{}
	}
	return a.header
}

func (a *answer) WriteHeader(status int) { a.status = status }

func (a *answer) Write(bytes []byte) (int, error) { return a.body.Write(bytes) }
