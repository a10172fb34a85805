import { SyncError } from '../../core';
import type { ExchangeSession } from './session';

/** What the caller has to vouch for: transport cannot know it. */
export interface CompleteExport {
	/** Everything of the catalog was sent and imported in the same run, and the user asked for the deactivation. Never from partial or automatic runs (rule C4). */
	everythingWasImported: true;
}

/**
 * Deactivates all elements and sections that the site has not seen since the login of this session, in every block with
 * an import since then. Gives what the site says. Throws EXCHANGE_NO_TIMESTAMP.
 */
export async function deactivateUntouched(session: ExchangeSession, vouched: CompleteExport): Promise<string> {
	const { startedAt } = session;
	if (!vouched.everythingWasImported || startedAt === undefined) throw new SyncError('EXCHANGE_NO_TIMESTAMP');
	return await told(session, 'deactivate', { timestamp: String(startedAt) });
}

/** Tells the site that the exchange has ended, for extensions of the site that wait for it. Gives what the site says. */
export const announceEnd = async (session: ExchangeSession): Promise<string> => await told(session, 'complete');

/** Both may be called again: the moment stays the same, and one end is as good as two. */
async function told(session: ExchangeSession, mode: string, parameters?: Record<string, string>): Promise<string> {
	const call = session.nameOf(mode);
	return await session.repeating(call, async () => {
		const answer = await session.ask(mode, parameters);
		if (answer.word !== 'success') throw session.refusal(answer, call);
		return session.presentable(answer.lines.join(' '));
	});
}
