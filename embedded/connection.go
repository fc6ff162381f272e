//go:build js && wasm

package main

import (
	"encoding/binary"
	"net"
	"sync"
)

// A buffer larger than this is not kept for the next bytes.
const mostKept = 1 << 20

// connection is one client of the server, with a goroutine for each direction.
type connection struct {
	id     int
	bridge *bridge
	server net.Conn

	mu sync.Mutex
	// Signals the writing goroutine: input, or the end.
	arrived *sync.Cond
	// Signals the reading goroutine: the client has confirmed bytes, or the end.
	confirmed     *sync.Cond
	input, output []byte
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

func newConnection(b *bridge, id int, server net.Conn) *connection {
	c := &connection{id: id, bridge: b, server: server}
	c.arrived = sync.NewCond(&c.mu)
	c.confirmed = sync.NewCond(&c.mu)
	go c.readServer()
	go c.writeServer()
	return c
}

func (c *connection) readServer() {
	buffer := make([]byte, 64<<10)
	for {
		n, err := c.server.Read(buffer)
		c.bridge.activity.Add(1)
		c.mu.Lock()
		if !c.closed {
			c.output = append(c.output, buffer[:n]...)
		}
		c.ended = err != nil
		c.news()
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

func (c *connection) writeServer() {
	var bytes []byte
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
		bytes, c.input = c.input, bytes[:0]
		c.mu.Unlock()

		n, err := c.server.Write(bytes)
		c.bridge.activity.Add(1)
		if cap(bytes) > mostKept {
			bytes = nil
		}

		c.mu.Lock()
		c.consumed += n
		c.news()
		if err != nil {
			c.closed = true
			c.input = nil
		}
		c.mu.Unlock()
	}
}

// news is called with the lock held.
func (c *connection) news() {
	if c.isDirty {
		return
	}
	c.isDirty = true
	c.bridge.news(c)
}

func (c *connection) write(bytes []byte) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.closed {
		return
	}
	c.input = append(c.input, bytes...)
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

// take appends what there is for the client, with at most so many bytes of it, and tells whether the connection is over.
func (c *connection) take(output []byte, room int) ([]byte, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	count := min(len(c.output), room)
	over := c.ended && count == len(c.output)
	var end uint32
	if over {
		end = 1
	}
	output = binary.LittleEndian.AppendUint32(output, uint32(c.id))
	output = binary.LittleEndian.AppendUint32(output, end)
	output = binary.LittleEndian.AppendUint32(output, uint32(c.consumed))
	output = binary.LittleEndian.AppendUint32(output, uint32(count))
	output = append(output, c.output[:count]...)
	c.unconfirmed += count
	c.isDirty = false
	if count < len(c.output) {
		c.output = append(c.output[:0], c.output[count:]...)
		c.news()
		return output, false
	}
	if cap(c.output) > mostKept {
		c.output = nil
	}
	c.output = c.output[:0]
	return output, over
}

func min(a, b int) int {
	if a < b {
		return a
	}
	return b
}
