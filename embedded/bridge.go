//go:build js && wasm

package main

import (
	"net"
	"sync"
	"syscall/js"
	"time"

	"github.com/nats-io/nats-server/v2/server"
)

const (
	// So many bytes may be on their way to a client that has not confirmed them. A client that takes none, such as a worker in
	// an endless loop, then holds the server back as a full TCP window would, and ends as a slow consumer.
	window = 4 << 20
	// A buffer larger than this is not kept for the next bytes.
	mostKept = 1 << 20
	// How long the last bytes may take to leave when the server ends.
	lastWords = time.Second
)

// bridge carries bytes between the worker and the server's in-process connections. The worker calls in with what came from
// clients; what goes out is collected until the worker takes it, so that it leaves as one message per client.
type bridge struct {
	nats *server.Server

	mu    sync.Mutex
	next  int
	conns map[int]*connection
	// Connections with something for the worker to take.
	dirty []*connection
}

type connection struct {
	id     int
	server net.Conn

	mu sync.Mutex
	// Signals the writing goroutine: input, or the end.
	arrived *sync.Cond
	// Signals the reading goroutine: the client has confirmed bytes, or the end.
	confirmed *sync.Cond
	input     [][]byte
	spare     [][]byte
	output    []byte
	// Bytes that the worker took and the client has not confirmed.
	unconfirmed int
	// Bytes that the server has read.
	consumed int
	isDirty  bool
	// No more input is wanted.
	closed bool
	// The server has ended the connection: nothing comes after what is in output.
	ended bool
}

func newBridge(nats *server.Server) *bridge {
	return &bridge{nats: nats, conns: map[int]*connection{}}
}

func (b *bridge) exports() map[string]any {
	return map[string]any{
		// open() gives the number of a new connection, or -1 when the server takes none.
		"open": js.FuncOf(func(js.Value, []js.Value) any { return b.open() }),
		// write(id, bytes)
		"write": js.FuncOf(func(_ js.Value, args []js.Value) any {
			if c := b.find(args[0].Int()); c != nil {
				c.write(args[1])
			}
			return nil
		}),
		// confirm(id, count): the client has taken so many bytes.
		"confirm": js.FuncOf(func(_ js.Value, args []js.Value) any {
			if c := b.find(args[0].Int()); c != nil {
				c.confirm(args[1].Int())
			}
			return nil
		}),
		// close(id)
		"close": js.FuncOf(func(_ js.Value, args []js.Value) any {
			if c := b.find(args[0].Int()); c != nil {
				c.close()
			}
			return nil
		}),
		// take() calls host.deliver(id, bytes or null, consumed, ended) for each connection that has news.
		"take": js.FuncOf(func(js.Value, []js.Value) any {
			b.take()
			return nil
		}),
	}
}

func (b *bridge) open() int {
	end, err := b.nats.InProcessConn()
	if err != nil {
		return -1
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.next++
	c := &connection{id: b.next, server: end}
	c.arrived = sync.NewCond(&c.mu)
	c.confirmed = sync.NewCond(&c.mu)
	b.conns[c.id] = c
	go b.readServer(c)
	go b.writeServer(c)
	return c.id
}

func (b *bridge) find(id int) *connection {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.conns[id]
}

// news makes the worker take what a connection has for it.
func (b *bridge) news(c *connection) {
	if c.isDirty {
		return
	}
	c.isDirty = true
	b.mu.Lock()
	b.dirty = append(b.dirty, c)
	first := len(b.dirty) == 1
	b.mu.Unlock()
	if first {
		host.Call("news")
	}
}

func (b *bridge) readServer(c *connection) {
	buffer := make([]byte, 64<<10)
	for {
		n, err := c.server.Read(buffer)
		c.mu.Lock()
		if !c.closed {
			c.output = append(c.output, buffer[:n]...)
		}
		c.ended = err != nil
		if n > 0 || c.ended {
			b.news(c)
		}
		for !c.ended && !c.closed && len(c.output)+c.unconfirmed > window {
			c.confirmed.Wait()
		}
		c.mu.Unlock()
		if err != nil {
			c.close()
			return
		}
	}
}

func (b *bridge) writeServer(c *connection) {
	for {
		c.mu.Lock()
		for len(c.input) == 0 && !c.closed {
			c.arrived.Wait()
		}
		if len(c.input) == 0 {
			c.mu.Unlock()
			c.server.Close()
			return
		}
		bytes := c.input[0]
		c.input = c.input[1:]
		c.mu.Unlock()

		n, err := c.server.Write(bytes)

		c.mu.Lock()
		if cap(bytes) <= mostKept && len(c.spare) < 2 {
			c.spare = append(c.spare, bytes)
		}
		c.consumed += n
		b.news(c)
		if err != nil {
			c.closed = true
			c.input = nil
		}
		c.mu.Unlock()
	}
}

func (c *connection) write(from js.Value) {
	length := from.Length()
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.closed {
		return
	}
	var bytes []byte
	if last := len(c.spare) - 1; last >= 0 && cap(c.spare[last]) >= length {
		bytes = c.spare[last][:length]
		c.spare = c.spare[:last]
	} else {
		bytes = make([]byte, length)
	}
	js.CopyBytesToGo(bytes, from)
	c.input = append(c.input, bytes)
	c.arrived.Signal()
}

func (c *connection) confirm(count int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.unconfirmed -= count
	c.confirmed.Signal()
}

// close lets the server read what was written before, then ends the connection.
func (c *connection) close() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.closed = true
	c.arrived.Signal()
	c.confirmed.Signal()
}

func (b *bridge) take() {
	b.mu.Lock()
	dirty := b.dirty
	b.dirty = nil
	b.mu.Unlock()
	for _, c := range dirty {
		c.mu.Lock()
		var bytes any
		if count := len(c.output); count > 0 {
			array := js.Global().Get("Uint8Array").New(count)
			js.CopyBytesToJS(array, c.output)
			bytes = array
			c.unconfirmed += count
			if cap(c.output) > mostKept {
				c.output = nil
			}
			c.output = c.output[:0]
		}
		c.isDirty = false
		consumed, ended := c.consumed, c.ended
		c.mu.Unlock()
		if ended {
			b.mu.Lock()
			delete(b.conns, c.id)
			b.mu.Unlock()
		}
		host.Call("deliver", c.id, bytes, consumed, ended)
	}
}

// drained returns when the worker has taken everything, or has not done so in time.
func (b *bridge) drained() {
	for end := time.Now().Add(lastWords); time.Now().Before(end); time.Sleep(time.Millisecond) {
		b.mu.Lock()
		left := len(b.conns)
		b.mu.Unlock()
		if left == 0 {
			return
		}
	}
}
