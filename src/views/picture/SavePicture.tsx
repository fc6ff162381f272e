import { ImageDown } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import { saveFile } from "../../stores/saveFile.ts";
import { notify } from "../../stores/noticesStore.ts";

interface Props {
  /** What it is a picture of, in a word or two. */
  readonly what: string;
  readonly of: () => Element | null;
}

/** Pixels of a PNG for each px of the page: sharp on paper and on large screens. */
const PNG_RATIO = 2;

/** Saves a part of the page as a picture that stands alone. */
export function SavePicture({ what, of }: Props) {
  const save = async (kind: "svg" | "png"): Promise<void> => {
    const element = of();
    if (!element) return;
    try {
      const { pictureOf, pngOf } = await import("./pictureOf.ts");
      const picture = await pictureOf(element);
      const name = what.replaceAll(" ", "-");
      if (kind === "svg") saveFile(new Blob([picture.svg], { type: "image/svg+xml" }), name, "svg");
      else saveFile(await pngOf(picture, PNG_RATIO), name, "png");
    } catch (error) {
      notify("bad", `The picture could not be saved: ${error instanceof Error ? error.message : "unknown"}`);
    }
  };
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger className="icon-button" aria-label={`Save picture of the ${what}`}>
        <ImageDown size={15} />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="menu" align="end" sideOffset={4}>
          <DropdownMenu.Item className="menu-item" onSelect={() => void save("png")}>
            Save as PNG
          </DropdownMenu.Item>
          <DropdownMenu.Item className="menu-item" onSelect={() => void save("svg")}>
            Save as SVG
          </DropdownMenu.Item>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
