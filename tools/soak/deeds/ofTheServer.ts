import type { Deed } from "../deed.ts";

export const SERVER_DEEDS: readonly Deed[] = [
  {
    name: "kill server",
    weight: 1,
    async do({ server }) {
      if (!(await server.isUp())) return null;
      await server.kill();
      return "";
    },
  },
  {
    name: "start server",
    weight: 4,
    async do({ server }) {
      if (await server.isUp()) return null;
      await server.start();
      return "";
    },
  },
];
