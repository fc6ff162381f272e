import { useReactFlow, useStore as useFlowStore } from "@xyflow/react";
import { useCallback, useEffect, useRef } from "react";
import { fitTo } from "./fit.ts";
import { boundsOf, type Box } from "./places.ts";

interface Fit {
  /** Shows everything, now and from now on. */
  readonly fit: () => void;
  /** To be told of every move of the view: one made by a person is left alone afterwards. */
  readonly viewMoved: (byPerson: boolean) => void;
}

/** Keeps everything in view while who takes part and the room for it change, until a person moves the view. */
export function useFit(places: ReadonlyMap<string, Box>): Fit {
  const { setViewport } = useReactFlow();
  const width = useFlowStore((state) => state.width);
  const height = useFlowStore((state) => state.height);
  const own = useRef(false);
  const { x, y, width: across, height: down } = boundsOf(places.values());
  const show = useCallback(() => {
    if (width === 0 || height === 0) return;
    void setViewport(fitTo({ x, y, width: across, height: down }, width, height));
  }, [setViewport, x, y, across, down, width, height]);
  useEffect(() => {
    if (!own.current) show();
  }, [show]);
  return {
    fit: useCallback(() => {
      own.current = false;
      show();
    }, [show]),
    viewMoved: useCallback((byPerson: boolean) => {
      if (byPerson) own.current = true;
    }, []),
  };
}
