import type { ChatMedia } from '../../../local/dialog360/chat/chat-line.ts';
import { Icon } from '../../shell/icon.tsx';
import { bytes } from '../../words/sizes.ts';
import { say } from '../../words/translate.ts';

/** A file in a message: a picture to look at, sound and video to play, anything else to open. */
export function Media({ media, type, alt }: { media: ChatMedia; type: string; alt: string }) {
  const { mime_type, url } = media;
  const kind = mime_type?.split('/')[0] ?? type;
  if (kind === 'image' || type === 'sticker') {
    return (
      <a class={`picture ${type}`} href={url} target="_blank" rel="noreferrer">
        <img src={url} alt={alt || say('message.picture')} loading="lazy" />
      </a>
    );
  }
  if (kind === 'audio' || type === 'voice')
    return <Sound media={media} isVoice={type === 'voice'} />;
  if (kind === 'video') {
    // biome-ignore lint/a11y/useMediaCaption: what people send each other has no captions
    return <video src={url} controls preload="metadata" aria-label={say('message.video')} />;
  }
  return <Document media={media} />;
}

const Sound = ({ media: { url, voice }, isVoice }: { media: ChatMedia; isVoice: boolean }) => (
  <div class="sound">
    <Icon name={voice || isVoice ? 'mic' : 'play'} />
    {/* biome-ignore lint/a11y/useMediaCaption: what people send each other has no captions */}
    <audio
      src={url}
      controls
      preload="metadata"
      aria-label={say(voice || isVoice ? 'message.voice' : 'message.audio')}
    />
  </div>
);

const Document = ({ media: { url, name, size_bytes, mime_type } }: { media: ChatMedia }) => (
  <a class="document" href={url} target="_blank" rel="noreferrer">
    <Icon name="file" size={28} />
    <span>
      <strong>{name || say('message.document')}</strong>
      <small>
        {[mime_type?.split('/')[1]?.toUpperCase(), size_bytes && bytes(size_bytes)]
          .filter(Boolean)
          .join(' · ')}
      </small>
    </span>
  </a>
);
