import type { AgentKind, AgentSettings } from './agent-kind.ts';
import type { CallMarks } from './call-marks.ts';
import type { ChannelOptions } from './channel-options.ts';

/** What a channel's id looks like; nothing else is ever looked up. */
export const CHANNEL_ID = /^ch_[0-9a-f]{20}$/;

/**
 * The hash of a secret that an endpoint accepts, and until when, in epoch milliseconds; null means
 * until it is replaced. Expired hashes may still be in the row, so an endpoint checks the time too.
 */
export interface SecretHash {
  sha256: string;
  valid_until: number | null;
}

/** The hashes of a channel's secrets, by what each secret opens. The newest hash stands first. */
export interface ChannelAccess {
  webhook_token: SecretHash[];
  webhook_header: SecretHash[];
  api_key: SecretHash[];
  incoming_request_token: SecretHash[];
}

/**
 * One WhatsApp number wired to one agent, as the table keeps it. It holds no secret: those live in
 * one SSM parameter, and `secret_version` says which version of it belongs to this row.
 */
export interface Channel extends CallMarks {
  id: string;
  version: number;
  type: 'messaging';
  connector: 'dialog360';
  title: string;
  hosting: 'cloud' | 'sandbox' | 'on-premise';
  base_url: string | null;
  agent: AgentSettings & {
    kind: AgentKind;
    /** Null: AWS's own address of the runtime's region (`bedrock-agentcore` alone). */
    url: string | null;
    timeout_ms: number;
    events: string[] | null;
    header_names: string[];
    has_api_key?: true;
  };
  active: boolean;
  options: ChannelOptions;
  /** Shown to the operator as `…1234`; '' where four characters would say too much. */
  token_last_four: string;
  /** The hash of the 360dialog API key: an active channel holds the claim `TOKEN#<this>`. */
  token_sha256: string;
  secret_version: number;
  access: ChannelAccess;
  created_at: string;
  updated_at: string;
  /** A deleted channel's row stays for 8 days, inactive, so that the provider still hears 200. */
  deleted_at?: string;
  /**
   * Set by the sender while 360dialog refuses every message of the number, so that replies wait and
   * the provider is not asked for each of them. Every edit of the channel removes it.
   */
  blocked?: ChannelBlock;
  /** While an operator holds the channel its agent is asked nothing (PROTOCOLS 31). */
  hold?: ChannelHold;
}

export interface ChannelHold {
  /** Names this hold and its text: each chat gets the text once. */
  id: string;
  /** Epoch milliseconds. */
  since: number;
  /** What visitors are told; null: nothing. */
  text: string | null;
}

/**
 * Why 360dialog refuses every message of a channel until its operator acts: an open bill, a policy,
 * the key. Times are epoch milliseconds.
 */
export interface ChannelBlock {
  /** The provider's code (docs/360dialog.md#error-codes). */
  code: number;
  /** In the provider's words. */
  reason: string;
  since: number;
}
