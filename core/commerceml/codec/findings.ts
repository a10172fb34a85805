import { SyncError, type ErrorCode, type ErrorDetails } from '../../errors';

/** Something in a file that could not be understood or kept, where everything else of it is used. */
export interface Finding {
	code: ErrorCode;
	/** The element, from the outermost one on, or the document. */
	where: string;
	/** What was found, of the first time. */
	text: string;
	/** What to do about it. */
	advice: string;
	/** Id of the object in which it was found first; null outside of objects. */
	object: string | null;
	/** How often. */
	count: number;
}

/** Different findings that are kept: a file of which nothing is understood has one in each kind of element. */
const MOST_KEPT = 1000;

/** What was found in a file: the same thing at the same place once, with its number. */
export class Findings {
	private readonly kept = new Map<string, Finding>();

	/** Counts a finding; `where` is the element with those around it, `object` the id of the object that is being read. */
	add(code: ErrorCode, where: string, object: string | null, details: ErrorDetails = {}): void {
		const key = `${code} ${where}`;
		const known = this.kept.get(key);
		if (known) known.count += 1;
		else if (this.kept.size < MOST_KEPT) {
			const { message, advice } = new SyncError(code, details);
			this.kept.set(key, { code, where, text: message, advice, object, count: 1 });
		}
	}

	/** Each finding once, in the order in which they came first. */
	get list(): Finding[] {
		return [...this.kept.values()];
	}
}
