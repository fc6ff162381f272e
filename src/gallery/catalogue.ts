import type { GalleryEntry } from "./entry.ts";
import { FAILING } from "./failing.ts";
import { SERVICES } from "./services.ts";
import { SHARING } from "./sharing.ts";

/** In the order in which the gallery shows them. */
export const GALLERY: readonly { readonly title: string; readonly entries: readonly GalleryEntry[] }[] = [
  { title: "Who gets it, who replies", entries: SHARING },
  { title: "When it goes wrong", entries: FAILING },
  { title: "Services that ask services", entries: SERVICES },
];

export const ENTRIES: readonly GalleryEntry[] = GALLERY.flatMap(({ entries }) => entries);
