import { useMemo } from 'react';
import type { Examples } from '#train';
import { views } from '../../strings/en-views.ts';
import { MathName } from '../../ui/MathName.tsx';
import { Bitmap } from './Bitmap.tsx';
import { VectorStrip } from './VectorStrip.tsx';

const text = views.try;

type LayerMap = Examples['maps'][number];

/** Of each layer, so many channels. */
const mostChannels = 32;

/** What the layers make of an example: feature maps as images, vectors as strips. */
export function Maps({ maps }: { readonly maps: readonly LayerMap[] }) {
  if (maps.length === 0) return null;
  return (
    <section className="maps" aria-label={text.maps}>
      <h2 className="heading">{text.maps}</h2>
      {maps.map((map) => (
        <Layer key={map.node} map={map} />
      ))}
    </section>
  );
}

function Layer({ map }: { readonly map: LayerMap }) {
  const { name, shape } = map;
  const channels = useMemo(() => channelsOf(map), [map]);
  const [height = 1, width = 1] = shape;
  const shown = channels.slice(0, mostChannels);
  return (
    <div className="layer">
      <MathName name={name} />
      {shown.length > 0 ? (
        <div className="channels">
          {shown.map((data, at) => (
            <Bitmap
              // biome-ignore lint/suspicious/noArrayIndexKey: a channel is its place
              key={at}
              label={text.map(name, at)}
              data={data}
              picture={{ height, width, channels: 1 }}
              kind="signed"
              size={48}
            />
          ))}
          {channels.length > shown.length && (
            <span className="quiet-text">{text.moreMaps(channels.length - shown.length)}</span>
          )}
        </div>
      ) : (
        <VectorStrip label={text.vector(name, map.data.length)} data={map.data} />
      )}
    </div>
  );
}

/** The channels of an image [height, width, channels]; none of anything else. */
function channelsOf({ shape, data }: LayerMap): Float32Array[] {
  const [height = 0, width = 0, channels = 0] = shape;
  if (shape.length !== 3 || height * width < 2) return [];
  return Array.from({ length: channels }, (_, channel) =>
    Float32Array.from({ length: height * width }, (__, at) => data[at * channels + channel] ?? 0),
  );
}
