# __role__
# @if credentials
# __credentials__
# @end

server=${NATS_URL:-__url__}

# @if echo
nats reply \
  --server="$server" \
  --connection-name=__name__ \
  --queue=__queue__ \
  --echo \
  -- \
  __subject__
# @else
# The handler, exactly as it runs in the page. Node runs it for each request.
cat > __file__ <<'END_OF_HANDLER'
__handler__
END_OF_HANDLER

# What the command prints is the reply, so what the handler logs takes another way out: 3.
nats reply \
  --server="$server" \
  --connection-name=__name__ \
  --queue=__queue__ \
  --command=__command__ \
  -- \
  __subject__ 3>&2
# @end
