/** Where nats-server listens. */
export interface ServerPorts {
  readonly client: number;
  readonly webSocket: number;
  readonly monitoring: number;
}

/** What a start changes in nats-server.conf. */
export interface Changes {
  readonly ports: ServerPorts;
  readonly origins: readonly string[];
  /** Where monitoring answers: something that no web page can guess, since nats-server lets every one of them read it. */
  readonly monitoringPath: string;
}

/** The page's origins: one for each host name, which is all that some versions of nats-server remember. */
export function pageOrigins(appPort: number): readonly string[] {
  return [`http://127.0.0.1:${appPort}`, `http://localhost:${appPort}`];
}

/**
 * The text of nats-server.conf with other ports, origins and path of monitoring. Everything else in the file stays as it is, so that it remains
 * the one configuration.
 */
export function configure(conf: string, { ports, origins, monitoringPath }: Changes): string {
  const values = {
    CLIENT_PORT: String(ports.client),
    WEBSOCKET_PORT: String(ports.webSocket),
    MONITORING_PORT: String(ports.monitoring),
    PAGE_ORIGINS: JSON.stringify(origins),
    MONITORING_PATH: JSON.stringify(monitoringPath),
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
