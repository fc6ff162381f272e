// __about__
// @if policy
// __policy__
// @end
// Once, or as many times as its argument says: go run . 10
package main

import (
	// @if uuid
	cryptorand "crypto/rand"
	// @end
	"encoding/json"
	"errors"
	"fmt"
	"log"
	// @if usesMath
	"math"
	// @end
	// @if drawsLots
	"math/rand/v2"
	// @end
	"os"
	"strconv"
	"strings"
	// @if !breaker
	"sync"
	// @end
	"time"

	"github.com/nats-io/nats.go"
)

// @if timeoutMs
const (
	subject = __subject__
	timeout = __timeoutMs__ * time.Millisecond
)
// @else
const subject = __subject__
// @end

// The payload of call number n.
func payload(__n__ int) string {
	return __payload__
}

// @if uuid
// A version 4 UUID.
func uuid() string {
	b := make([]byte, 16)
	_, _ = cryptorand.Read(b)
	b[6], b[8] = b[6]&0x0f|0x40, b[8]&0x3f|0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", b[:4], b[4:6], b[6:8], b[8:10], b[10:])
}

// @end
// One request: what became of it, and the reply or the reason.
func attempt(__parameters__) (kind, text string) {
	request := nats.NewMsg(subject)
	request.Data = []byte(body)
	// @each headers
	request.Header.Add(__headerName__, __headerValue__)
	// @end
	// @if callHeader
	request.Header.Set(__callHeader__, name)
	request.Header.Set(__attemptHeader__, strconv.Itoa(number))
	// @end
	// @if gather
	request.Reply = nc.NewInbox()
	replies, err := nc.SubscribeSync(request.Reply)
	if err == nil {
		err = nc.PublishMsg(request)
	}
	if err != nil {
		return "failed (" + err.Error() + ")", ""
	}
	defer replies.Unsubscribe()
	var texts []string
	failures, none := 0, "timed out"
	until := time.Now().Add(__forMs__ * time.Millisecond)
	// @if count
	for len(texts) < __count__ {
	// @else
	for {
	// @end
		wait := time.Until(until)
		// @if gapMs
		if len(texts) > 0 {
			wait = min(wait, __gapMs__*time.Millisecond)
		}
		// @end
		reply, err := replies.NextMsg(max(wait, 0))
		if errors.Is(err, nats.ErrNoResponders) {
			none = "no responders"
		}
		// @if sentinel
		if err != nil || len(reply.Data) == 0 {
		// @else
		if err != nil {
		// @end
			break
		}
		texts = append(texts, string(reply.Data))
		if isError(reply) {
			failures++
		}
	}
	switch {
	case len(texts) == 0:
		return none, ""
	case failures == len(texts):
		return "error reply", strings.Join(texts, "\n")
	}
	return "replied", strings.Join(texts, "\n")
	// @else
	reply, err := nc.RequestMsg(request, __timeout__)
	switch {
	case errors.Is(err, nats.ErrNoResponders):
		return "no responders", "" // Nobody subscribes: the server says so at once.
	case errors.Is(err, nats.ErrTimeout):
		return "timed out", "" // Somebody subscribes, but did not answer in time.
	case err != nil && !nc.IsConnected():
		return "connection lost", ""
	case err != nil:
		return "failed (" + err.Error() + ")", ""
	case isError(reply):
		return "error reply", string(reply.Data)
	}
	return "replied", string(reply.Data)
	// @end
}

// @if !plain
// What is tried again, counted by a breaker, or replaced by a fallback.
func isFailure(kind string) bool {
	return __isFailure__
}

// @end
// @if breaker
const shortCircuited = "short-circuited"

var breaker struct {
	failures  int
	openUntil time.Time
}

// An attempt, unless the breaker is open: then nothing is sent. Calls are made in turn, so it needs no lock.
func guarded(__parameters__) (kind, text string) {
	tried := !breaker.openUntil.IsZero()
	if tried && time.Now().Before(breaker.openUntil) {
		return shortCircuited, ""
	}
	kind, text = attempt(__nextArguments__)
	if !isFailure(kind) {
		breaker.failures, breaker.openUntil = 0, time.Time{}
		return kind, text
	}
	breaker.failures++
	if tried || breaker.failures >= __breakerFailures__ {
		breaker.openUntil = time.Now().Add(__openMs__ * time.Millisecond)
	}
	return kind, text
}

// @end
// @if retry
// How long to wait before an attempt, which counts from 2, in ms.
func waitMs(attempt int, before float64) float64 {
	return __wait__
}

// @end
func call(nc *nats.Conn, n int) (kind, text string) {
	body := payload(n)
	// @if callHeader
	name := uuid() // The same for each attempt: a request may arrive twice.
	// @end
	// @if plain
	return attempt(__firstArguments__)
	// @else
	// @if breaker
	kind, text = guarded(__firstArguments__)
	// @else
	kind, text = attempt(__firstArguments__)
	// @end
	// @if retry
	before := 0.0
	for number := 2; number <= __attempts__ && isFailure(kind); number++ {
		before = waitMs(number, before)
		time.Sleep(time.Duration(before * float64(time.Millisecond)))
		// @if breaker
		again, reply := guarded(__nextArguments__)
		if again == shortCircuited {
			break
		}
		kind, text = again, reply
		// @else
		kind, text = attempt(__nextArguments__)
		// @end
	}
	// @end
	// @if fallback
	if __isReplaced__ {
		return "fell back", __fallback__
	}
	// @end
	return kind, text
	// @end
}

// A reply that says it is an error, in its headers or in its JSON.
func isError(reply *nats.Msg) bool {
	if reply.Header.Get("Nats-Service-Error-Code") != "" {
		return true
	}
	var said map[string]json.RawMessage
	if json.Unmarshal(reply.Data, &said) != nil {
		return false
	}
	words, found := said["error"]
	return found && string(words) != "null" && string(words) != "false"
}

// A call with all its attempts, and how long that took.
func one(nc *nats.Conn, n int) {
	started := time.Now()
	kind, text := call(nc, n)
	ms := float64(time.Since(started).Microseconds()) / 1000
	fmt.Println(strings.TrimSpace(fmt.Sprintf("%d: %s after %.1f ms %s", n, kind, ms, text)))
}

func main() {
	count := 1
	if len(os.Args) > 1 {
		count, _ = strconv.Atoi(os.Args[1])
	}
	server := os.Getenv("NATS_URL")
	if server == "" {
		server = __url__
	}
	// @if credentials
	// __credentials__
	// @end
	nc, err := nats.Connect(server, __connectOptions__)
	if err != nil {
		log.Fatal(err)
	}
	defer nc.Close()
	// @if breaker
	// In turn: else all would be sent before the breaker has seen the first.
	for n := 1; n <= count; n++ {
		one(nc, n)
	}
	// @else
	var calls sync.WaitGroup
	for n := 1; n <= count; n++ {
		calls.Add(1)
		go func() {
			defer calls.Done()
			one(nc, n)
		}()
	}
	calls.Wait()
	// @end
}
