//go:build js && wasm

package main

import (
	"encoding/binary"
	"runtime"
	"sync"
	"sync/atomic"
	"syscall/js"
	"time"

	"github.com/nats-io/nats-server/v2/server"
)

const (
	// So many bytes at most cross between the worker and this program in one turn, either way.
	bufferSize = 1 << 20
	// So many bytes may be on their way to a client that has not confirmed them. A client that takes none, such as a worker in
	// an endless loop, then holds the server back as a full TCP window would, and ends as a slow consumer.
	window = 4 << 20
	// When nothing has happened for so many yields, the server has nothing more to do.
	quietYields = 3
	// How long the last bytes may take to leave when the server ends.
	lastWords = time.Second
)

// What the worker can say of a connection.
const (
	opWrite = iota
	opConfirm
	opClose
)

// bridge carries bytes between the worker and the server's in-process connections, in turns: the worker hands over all that
// came from clients, the server runs until it is idle, and all that it has for them is handed back. A call from the worker,
// and each value in it, costs more than the server's work on a message, so there is one call for a turn, and two buffers.
type bridge struct {
	nats *server.Server
	// Of the worker; the first of them is filled by it, the second by this program.
	inbox, outbox js.Value
	input, output []byte
	// Grows with everything that a connection's goroutines do.
	activity atomic.Uint64
	// A turn takes what there is, so that there is no need to ask for one.
	inTurn bool

	mu    sync.Mutex
	next  int
	conns map[int]*connection
	// Connections with something for the worker to take.
	dirty []*connection
}

func newBridge(nats *server.Server) *bridge {
	array := js.Global().Get("Uint8Array")
	return &bridge{
		nats:   nats,
		inbox:  array.New(bufferSize),
		outbox: array.New(bufferSize),
		input:  make([]byte, bufferSize),
		output: make([]byte, 0, bufferSize),
		conns:  map[int]*connection{},
	}
}

func (b *bridge) exports() map[string]any {
	return map[string]any{
		"inbox":  b.inbox,
		"outbox": b.outbox,
		// open() gives the number of a new connection, or -1 when the server takes none.
		"open": js.FuncOf(func(js.Value, []js.Value) any { return b.open() }),
		// turn(length) reads so many bytes of inbox and gives the length of what it put into outbox.
		//
		//	inbox:  connection, op, length or count, bytes …
		//	outbox: connection, 1 if it ended, bytes that the server has read in all, length, bytes …
		//
		// Numbers are 32 bits, little endian.
		"turn": js.FuncOf(func(_ js.Value, args []js.Value) any { return b.turn(args[0].Int()) }),
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
	b.conns[b.next] = newConnection(b, b.next, end)
	return b.next
}

func (b *bridge) turn(length int) int {
	b.inTurn = true
	b.read(length)
	for quiet := 0; quiet < quietYields; quiet++ {
		before := b.activity.Load()
		runtime.Gosched()
		if b.activity.Load() != before {
			quiet = 0
		}
	}
	b.inTurn = false
	return b.take()
}

func (b *bridge) read(length int) {
	if length == 0 {
		return
	}
	js.CopyBytesToGo(b.input[:length], b.inbox)
	for rest := b.input[:length]; len(rest) > 0; {
		id := int(binary.LittleEndian.Uint32(rest))
		op := binary.LittleEndian.Uint32(rest[4:])
		count := int(binary.LittleEndian.Uint32(rest[8:]))
		rest = rest[12:]
		b.mu.Lock()
		c := b.conns[id]
		b.mu.Unlock()
		switch op {
		case opWrite:
			if c != nil {
				c.write(rest[:count])
			}
			rest = rest[count:]
		case opConfirm:
			if c != nil {
				c.confirm(count)
			}
		case opClose:
			if c != nil {
				c.close()
			}
		}
	}
}

// take fills outbox with what connections have for their clients, as far as it goes; the rest is for the next turn.
func (b *bridge) take() int {
	b.mu.Lock()
	dirty := b.dirty
	b.dirty = nil
	b.mu.Unlock()
	b.output = b.output[:0]
	for at, c := range dirty {
		room := bufferSize - len(b.output) - 16
		if room <= 0 {
			b.mu.Lock()
			b.dirty = append(b.dirty, dirty[at:]...)
			b.mu.Unlock()
			break
		}
		var ended bool
		b.output, ended = c.take(b.output, room)
		if ended {
			b.mu.Lock()
			delete(b.conns, c.id)
			b.mu.Unlock()
		}
	}
	if len(b.output) > 0 {
		js.CopyBytesToJS(b.outbox, b.output)
	}
	b.mu.Lock()
	left := len(b.dirty)
	b.mu.Unlock()
	if left > 0 {
		host.Call("news")
	}
	return len(b.output)
}

// news makes the worker take what a connection has for it.
func (b *bridge) news(c *connection) {
	b.mu.Lock()
	b.dirty = append(b.dirty, c)
	first := len(b.dirty) == 1
	b.mu.Unlock()
	if first && !b.inTurn {
		host.Call("news")
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
