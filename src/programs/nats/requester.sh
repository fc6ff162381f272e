# __about__
# @if policy
# __policy__
# @end
# @if filled
# The payload is that of a first call; in the page it is __template__
# @end
# @if credentials
# __credentials__
# @end

server=${NATS_URL:-__url__}
# @if callHeader
name="$(date +%s)-$$" # the same for each attempt: a request may arrive twice
number=1
# @end
# @if growing
timeout=__timeoutMs__
# @end

# What `nats` reports about a request goes here; what it prints is the reply.
said=$(mktemp) && trap 'rm -f "$said"' EXIT || exit 1

# One request: leaves what became of it in $kind, and what came back in $reply.
attempt() {
  reply=$(
    nats request \
      --server="$server" \
      --connection-name=__name__ \
      --timeout=__timeout__ \
      --no-templates \
      # @if gather
      --replies=__replies__ \
      --reply-timeout=__replyTimeout__ \
      # @if sentinel
      --wait-for-empty \
      # @end
      # @end
      # @each headers
      --header=__header__ \
      # @end
      # @if callHeader
      --header=__callHeader__"$name" \
      --header=__attemptHeader__"$number" \
      # @end
      -- \
      __subject__ __payload__ 2>"$said"
  ) || { kind="connection lost"; cat "$said" >&2; return; }
  if grep -Eq '^([0-9:]+ )?No responders are available' "$said"; then
    kind="no responders"
  elif ! grep -Eq '^([0-9:]+ )?Received with rtt' "$said"; then
    kind="timed out"
  elif is_error; then
    kind="error reply"
  else
    kind="replied"
  fi
}

# A reply that says it is an error, in its headers or in its JSON.
is_error() {
  grep -Eiq '^([0-9:]+ )?Nats-Service-Error-Code:' "$said" && return
  printf '%s' "$reply" | tr '\n' ' ' | grep -Eq '^ *\{.*"error" *: *[^ nf]'
}

attempt
# @if retry
for wait in __waits__; do
  case $kind in __failures__) ;; *) break ;; esac
  sleep "$wait"
  # @if callHeader
  number=$((number + 1))
  # @end
  # @if growing
  timeout=$((timeout * 2))
  # @end
  attempt
done
# @end
# @if fallback
case $kind in __failures__) kind="fell back" reply=__fallback__ ;; esac
# @end

[ -n "$reply" ] && printf '%s\n' "$reply"
case $kind in
  replied | "fell back") ;;
  *)
    printf '%s\n' "$kind" >&2
    exit 1
    ;;
esac
