import { ImportSteps, refusalCode, SyncError, type ExchangeAnswer } from '../../core';
import { isLost, isTimeout, isUndone } from './caller';
import { outcomeOf } from './outcome';
import { Remarks } from './remarks';
import type { ExchangeSession } from './session';

/** A file that the site has imported to its end. */
export interface ImportedDocument {
	name: string;
	/** Calls that it took. */
	calls: number;
	remarks: Remarks;
}

/** How a file lies on the site, and who is told of its import. */
export interface ImportSettings {
	/** It lies in an archive that the first calls unpack. */
	archive: boolean;
	/** After each answer. */
	progress(calls: number, text: string): void;
}

/**
 * Lost answers in a row after which everything begins anew. At worst the first one was the last step of the import and
 * the second one the first of a new one, which both can be repeated; the third one could be the reading of the file.
 */
const LOST_IN_A_ROW = 2;

/** A step that goes on although nobody listens makes the next call wait, so that repeating it does no harm. */
const TIMEOUTS_IN_A_ROW = 3;

/** The same refusal so often in a row is no portion that failed, but a step that fails each time. */
const REFUSALS_BEFORE_ELEMENTS = 3;
const REFUSALS_IN_A_ROW = 100;

/** Steps that say the same word for word; the portions of the greatest files are far fewer. */
const SAME_STEPS_IN_A_ROW = 20_000;

/**
 * Calls `import` for one uploaded file until the site says `success`. A failure of a portion of elements is a remark.
 * Throws when nothing but a new beginning helps (lost answers while the file is read, lost sessions, another exchange),
 * and when nothing helps at all.
 */
export async function importDocument(session: ExchangeSession, name: string, { archive, progress }: ImportSettings): Promise<ImportedDocument> {
	const remarks = new Remarks();
	const repetition = new Repetition(session, name, new ImportSteps(archive));
	const call = session.nameOf('import', { filename: name });
	for (let calls = 1; ; calls += 1) {
		const answer = await repetition.next();
		if (!answer) continue;
		const text = session.presentable(answer.lines.join(' '));
		progress(calls, text);
		if (answer.word === 'error') throw session.refusal(answer, call);
		if (answer.word === 'failure') {
			await repetition.refused(answer);
			remarks.addElement(session.reasonOf(answer));
			continue;
		}
		if (session.type === 'sale') for (const line of answer.lines) remarks.addOrder(session.presentable(line));
		if (answer.word === 'success') return { name, calls, remarks };
		repetition.wentOn(text);
	}
}

/** Decides what may be called again. */
class Repetition {
	private lost = 0;
	private timeouts = 0;
	private last = '';
	private same = 0;

	constructor(
		private readonly session: ExchangeSession,
		private readonly name: string,
		private readonly steps: ImportSteps,
	) {}

	/** The next answer; undefined when there was none and the call may be made again. */
	async next(): Promise<ExchangeAnswer | undefined> {
		const outcome = await outcomeOf(async () => await this.session.ask('import', { filename: this.name }));
		if ('value' in outcome) {
			this.lost = 0;
			this.timeouts = 0;
			return outcome.value;
		}
		if (!this.mayRepeat(outcome.error)) throw outcome.error;
		await this.session.backOff(this.session.nameOf('import', { filename: this.name }), this.lost + this.timeouts);
		return undefined;
	}

	/** Takes in an answer `progress`. */
	wentOn(text: string): void {
		this.steps.advance(text);
		if (this.count(text) >= SAME_STEPS_IN_A_ROW) throw new SyncError('EXCHANGE_IMPORT_STUCK', { file: this.name, reason: text || 'progress without a word' });
	}

	/** Takes in an answer `failure`. Throws unless it can be the failure of a portion, behind which the next call goes on. */
	async refused(answer: ExchangeAnswer): Promise<void> {
		const reason = this.session.reasonOf(answer);
		const isNew = reason !== this.last;
		if (isNew && (await this.session.refusesAll(answer))) throw this.sessionLost(answer);
		const code = refusalCode(reason);
		if (code === 'EXCHANGE_METADATA' || code === 'EXCHANGE_UNZIP' || code === 'EXCHANGE_UPLOAD_FAILED' || code === 'EXCHANGE_FOREIGN' || code === 'EXCHANGE_RESERVATION')
			throw this.session.refusal(answer, '', code, { file: this.name });
		const limit = this.steps.isRead && this.session.type !== 'sale' ? REFUSALS_IN_A_ROW : REFUSALS_BEFORE_ELEMENTS;
		if (this.count(reason) >= limit) throw new SyncError('EXCHANGE_IMPORT_STUCK', { file: this.name, reason });
	}

	private mayRepeat(error: unknown): boolean {
		if (isUndone(error)) return ++this.timeouts <= TIMEOUTS_IN_A_ROW;
		if (!isLost(error)) return false;
		const { isRead } = this.steps;
		this.steps.lost();
		if (isTimeout(error)) return ++this.timeouts <= TIMEOUTS_IN_A_ROW;
		return isRead && ++this.lost <= LOST_IN_A_ROW;
	}

	private sessionLost(answer: ExchangeAnswer): SyncError {
		const call = this.session.nameOf('import', { filename: this.name });
		const error = this.session.refusal(answer, call, 'EXCHANGE_SESSION_LOST');
		return error.kind === 'auth' ? error : new SyncError('EXCHANGE_SESSION_LOST', { call, reason: this.session.reasonOf(answer) });
	}

	private count(text: string): number {
		this.same = text === this.last ? this.same + 1 : 1;
		this.last = text;
		return this.same;
	}
}
