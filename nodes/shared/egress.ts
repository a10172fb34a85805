import type { NodeEgressFilter } from 'n8n-workflow';
import type { CallingContext } from './context';

/** What of n8n's rules on addresses is asked here. */
export type Egress = Pick<NodeEgressFilter, 'validateUrl'>;

/** An n8n that has no such rules lets its nodes call every address. */
const UNRULED: Egress = { validateUrl: async () => await Promise.resolve({ ok: true, result: undefined }) };

/** Whether nodes may call an address, for calls that do not go through n8n's own helpers. Older n8n (2.20, for one) do not say it. */
export const egressFilter = ({ helpers }: CallingContext): Egress => (helpers as Partial<typeof helpers>).getSecureEgressFilter?.() ?? UNRULED;
