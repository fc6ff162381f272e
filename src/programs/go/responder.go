// __role__
package main

import (
	"bytes"
	"encoding/json"
	// @if errorShare
	"errors"
	// @end
	"fmt"
	"log"
	// @if usesMath
	"math"
	// @end
	// @if drawsLots
	"math/rand/v2"
	// @end
	"os"
	"os/signal"
	"strings"
	// @if delay
	"time"
	// @end
	__imports__

	"github.com/nats-io/nats.go"
)

const subject = __subject__

// @if standsIn
// __standIn__
// The handler, to be translated:
//
//	__source__
func handle(request []byte) (any, error) {
	var asked any = string(request)
	if json.Valid(request) {
		asked = json.RawMessage(request)
	}
	return map[string]any{"stand_in_for": __name__, "request": asked}, nil
}
// @else
__handler__
// @end

// @if readsFields
// The members of a request's object. Other JSON has none, and null cannot be asked for any.
func fieldsOf(request []byte) (map[string]any, error) {
	var asked any
	if err := json.Unmarshal(request, &asked); err != nil {
		return nil, err
	}
	if asked == nil {
		return nil, fmt.Errorf("the request is null")
	}
	fields, _ := asked.(map[string]any)
	return fields, nil
}

// @end
// @if writesText
// A value within a text, as JavaScript writes it there.
func shown(value any) string {
	switch value := value.(type) {
	case string:
		return value
	case []any:
		parts := make([]string, len(value))
		for at, each := range value {
			if each != nil {
				parts[at] = shown(each)
			}
		}
		return strings.Join(parts, ",")
	case map[string]any:
		return "[object Object]"
	}
	return string(toJSON(value))
}

// @end
func toJSON(value any) []byte {
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		log.Print(err)
	}
	return bytes.TrimSpace(text.Bytes())
}

func answer(message *nats.Msg) {
	// @if delay
	time.Sleep(__delay__)
	// @end
	// @if dropShare
	if rand.Float64() < __dropShare__ {
		return // Never answered: the requester waits in vain.
	}
	// @end
	reply, err := handle(message.Data)
	// @if errorShare
	if rand.Float64() < __errorShare__ {
		err = errors.New("A simulated failure")
	}
	// @end
	response := nats.NewMsg(message.Reply)
	if err != nil {
		// Whoever asked is told what went wrong, and need not wait for a timeout.
		response.Header.Set("Nats-Service-Error", strings.Join(strings.Fields(err.Error()), " "))
		response.Header.Set("Nats-Service-Error-Code", "500")
		reply = map[string]string{"error": err.Error()}
	}
	if text, isText := reply.(string); isText {
		response.Data = []byte(text)
	} else {
		response.Data = toJSON(reply)
	}
	if err := message.RespondMsg(response); err != nil {
		log.Print(err)
	}
}

func main() {
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
	// @if oneAtATime
	onMessage := answer // one at a time: the next one waits for this
	// @else
	onMessage := func(message *nats.Msg) { go answer(message) } // many at once
	// @end
	// @if queue
	_, err = nc.QueueSubscribe(subject, __queue__, onMessage)
	// @else
	_, err = nc.Subscribe(subject, onMessage)
	// @end
	if err == nil {
		err = nc.Flush()
	}
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println("answers on", subject)
	stop := make(chan os.Signal, 1)
	signal.Notify(stop, os.Interrupt)
	<-stop
	_ = nc.Drain()
}
