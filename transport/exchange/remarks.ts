import { orderRemark, refusalCode, type ErrorCode } from '../../core';

/** Something that a site could not import or changed on its own, while the rest of the file went through. */
export interface ImportRemark {
	code: ErrorCode;
	/** As the site says it. */
	text: string;
	/** Of the order, where the site names one. */
	number?: string;
}

/** More are counted and not kept: nobody reads them, and memory is not the site's to fill. */
const KEPT = 10_000;

/** What a site remarks while it imports one file; each text once. */
export class Remarks {
	private readonly byText = new Map<string, ImportRemark>();
	private dropped = 0;

	/** The last failure of a portion of goods or offers. */
	addElement(text: string): void {
		this.add({ code: refusalCode(text) === 'EXCHANGE_CURRENCY' ? 'EXCHANGE_CURRENCY' : 'EXCHANGE_ELEMENT', text });
	}

	/** What the site says of one order. */
	addOrder(text: string): void {
		this.add(orderRemark(text));
	}

	/** Each text once, at most 10,000, in the order in which they came first. */
	get all(): ImportRemark[] {
		return [...this.byText.values()];
	}

	/** How many were not kept. */
	get more(): number {
		return this.dropped;
	}

	private add(remark: ImportRemark): void {
		if (this.byText.has(remark.text)) return;
		if (this.byText.size >= KEPT) this.dropped += 1;
		else this.byText.set(remark.text, remark);
	}
}
