import type { RefusalCode } from '../../shared/contract/delivery.ts';
import type { ReplyJob } from '../../shared/contract/jobs.ts';
import type { Menu } from '../../shared/contract/menu.ts';
import type { Reply } from '../../shared/contract/reply.ts';
import type { RenderedPart } from '../../shared/whatsapp/outbound/rendering.ts';
import type { OpenDelivery } from './open-delivery.ts';
import type { Visit } from './visit.ts';

/** One reply on its way: the visit it happens in, what is asked for, what it comes to, what became of it. */
export interface Sending extends OpenReply {
  job: ReplyJob;
  plan: Plan;
}

/** What ending a reply needs, and telling what became of it: its words may be gone by then. */
export interface OpenReply {
  visit: Visit;
  delivery: OpenDelivery;
}

/** What a reply job comes to before anything is sent: its parts, or why there are none. */
export interface Plan {
  /** The agent's own id for the reply. */
  id: string | null;
  validForSeconds: number | null;
  /** The reply's own wish; null: the channel's counts. */
  ifWindowClosed: NonNullable<Reply['if_window_closed']> | null;
  parts: RenderedPart[];
  /** The Button Menu the last part shows. */
  menu: Menu | null;
  /** Set for a pause: nothing is sent. */
  pauseSeconds: number | null;
  refusal: { code: RefusalCode; reason: string } | null;
}
