import { ImageDown } from "lucide-react";
import { saveFile } from "../../stores/page/saveFile.ts";
import { notify } from "../../stores/page/noticesStore.ts";
import { later } from "../controls/later.tsx";
import { MenuButton } from "../controls/MenuButton.tsx";

const PictureChoice = later(async () => (await import("./PictureChoice.tsx")).PictureChoice);

interface Props {
  /** What it is a picture of, in a word or two. */
  readonly what: string;
  readonly of: () => Element | null;
}

/** Pixels of a PNG for each px of the page: sharp on paper and on large screens. */
const PNG_RATIO = 2;

/** Saves a part of the page as a picture that stands alone. */
export function SavePicture({ what, of }: Props) {
  const save = async (kind: string): Promise<void> => {
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
    <MenuButton
      Menu={PictureChoice}
      onChoose={(kind) => void save(kind)}
      className="icon-button"
      label={`Save picture of the ${what}`}
    >
      <ImageDown size={15} />
    </MenuButton>
  );
}
