/** What a start may have to change in nats-server.conf. */
export interface ServerPorts {
  readonly client: number;
  readonly webSocket: number;
  readonly monitoring: number;
}

/** The page's origins: one for each host name, which is all that some versions of nats-server remember. */
export function pageOrigins(appPort: number): readonly string[] {
  return [`http://127.0.0.1:${appPort}`, `http://localhost:${appPort}`];
}

/**
 * The text of nats-server.conf with other ports and origins. Everything else in the file stays as it is, so that it remains
 * the one configuration.
 */
export function configure(conf: string, ports: ServerPorts, origins: readonly string[]): string {
  const values = {
    CLIENT_PORT: String(ports.client),
    WEBSOCKET_PORT: String(ports.webSocket),
    MONITORING_PORT: String(ports.monitoring),
    PAGE_ORIGINS: JSON.stringify(origins),
  };
  let text = conf;
  for (const [name, value] of Object.entries(values)) {
    const line = new RegExp(`^${name} *=.*$`, "gm");
    const count = conf.match(line)?.length ?? 0;
    if (count !== 1) {
      throw new Error(`nats-server.conf must have one line “${name} = …” at its margin, but has ${count}.`);
    }
    text = text.replace(line, () => `${name} = ${value}`);
  }
  return text;
}
