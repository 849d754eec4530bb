import { ImageUp } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { Picture } from '#train';
import { views } from '../../strings/en-views.ts';
import { isOnLight, pixelsOf } from './digit.ts';

const text = views.try;

interface ImageDropProps {
  readonly picture: Picture;
  /** The image as the net takes it. */
  onImage(values: Float32Array<ArrayBuffer>): void;
}

/** A place to drop, paste or choose an image, which is cut to the net's proportions and scaled to its size. */
export function ImageDrop({ picture, onImage }: ImageDropProps) {
  const [rgba, setRgba] = useState<Uint8ClampedArray>();
  const [invert, setInvert] = useState(false);
  const [problem, setProblem] = useState<string>();
  const [over, setOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const take = async (file: Blob | null | undefined) => {
    if (!file) return;
    const read = await readImage(file, picture).catch(() => undefined);
    setProblem(read ? undefined : text.badImage);
    if (!read) return;
    const dark = picture.channels === 1 && isOnLight(pixelsOf(read, picture, false), picture);
    setInvert(dark);
    setRgba(read);
    onImage(pixelsOf(read, picture, dark));
  };
  const latest = useRef(take);
  latest.current = take;
  useEffect(() => {
    const paste = (event: ClipboardEvent) => {
      const files = [...(event.clipboardData?.files ?? [])];
      const image = files.find(({ type }) => type.startsWith('image/'));
      if (!image) return;
      // The canvas would take it for nodes.
      event.preventDefault();
      void latest.current(image);
    };
    window.addEventListener('paste', paste, { capture: true });
    return () => window.removeEventListener('paste', paste, { capture: true });
  }, []);
  return (
    <section
      className="image-drop"
      aria-label={text.ways.image}
      data-over={over}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        event.stopPropagation();
        setOver(false);
        void take(event.dataTransfer.files[0]);
      }}
    >
      <p className="quiet-text">{text.imageHint}</p>
      <button type="button" className="button" onClick={() => input.current?.click()}>
        <ImageUp size={15} aria-hidden="true" />
        {text.choose}
      </button>
      <input
        ref={input}
        type="file"
        accept="image/*"
        hidden
        aria-label={text.choose}
        onChange={({ target }) => {
          void take(target.files?.[0]);
          target.value = '';
        }}
      />
      {rgba && (
        <label className="check">
          <input
            type="checkbox"
            checked={invert}
            onChange={({ target }) => {
              setInvert(target.checked);
              onImage(pixelsOf(rgba, picture, target.checked));
            }}
          />
          {text.invert}
        </label>
      )}
      {problem && (
        <p className="field-problem" role="alert">
          {problem}
        </p>
      )}
    </section>
  );
}

/** The middle of an image in the proportions and the size of another. Rejects what is no image. */
async function readImage(file: Blob, { height, width }: Picture): Promise<Uint8ClampedArray> {
  const image = await createImageBitmap(file);
  const scale = Math.max(width / image.width, height / image.height);
  const [wide, tall] = [image.width * scale, image.height * scale];
  const context = new OffscreenCanvas(width, height).getContext('2d');
  if (!context) throw new Error('There is nothing to draw on.');
  // What is transparent is light, as on paper.
  context.fillStyle = '#ffffff';
  context.fillRect(0, 0, width, height);
  context.imageSmoothingQuality = 'high';
  context.drawImage(image, (width - wide) / 2, (height - tall) / 2, wide, tall);
  image.close();
  return context.getImageData(0, 0, width, height).data;
}
