import { SyncError } from '../../errors';
import type { Findings } from '../codec/findings';
import { Reading } from '../codec/reading';
import { readCommerceMl } from '../reader';
import type { CmlRecord } from '../records';
import type { XmlElement } from '../xml/element';
import type { ByteChunks, XmlReadOptions } from '../xml/reading';
import { siteMoment } from './moments';
import { isOrder, readOrder, type OrderReading, type ReadOrder } from './order';

/** What is read from a file of orders, in its order. */
export type OrderRecord =
	/** When the file was made by the clocks of the site, ISO, and in which version; null when it does not say. */
	| { kind: 'formed'; at: string | null; schema: string | null }
	| ({ kind: 'order'; id: string } & ReadOrder)
	/** An order that cannot be understood. */
	| { kind: 'unreadable'; id: string; error: SyncError };

/**
 * Reads a file of orders of any size, order by order: orders alone, with payments and shipments behind them, below them or
 * in a container with them. What is not understood is added to the findings. Throws what readCommerceMl throws; then
 * nothing of the file may be used.
 */
export async function* readOrderDocuments(chunks: ByteChunks, settings: OrderReading, findings: Findings, options: XmlReadOptions = {}): AsyncGenerator<OrderRecord> {
	const reader = new OrderReader(settings, new Reading(findings));
	for await (const record of readCommerceMl(chunks, findings, options)) yield* reader.take(record);
	yield* reader.flush();
}

/** Payments and shipments follow their order: it is complete when the next one begins. */
class OrderReader {
	private formed: string | null = null;
	private open: { element: XmlElement; beside: XmlElement[] } | undefined;

	constructor(
		private readonly settings: OrderReading,
		private readonly reading: Reading,
	) {}

	*take(record: CmlRecord): Generator<OrderRecord> {
		if (record.kind === 'head') {
			this.formed = record.head.formed === null ? null : (siteMoment(record.head.formed, this.settings.zone) ?? null);
			yield { kind: 'formed', at: this.formed, schema: record.head.schema };
		} else if (record.kind === 'container') {
			yield* this.flush();
			const documents = record.element.children.filter(({ name }) => name === 'Документ');
			this.reading.around = ['Контейнер'];
			for (const { name } of record.element.children) if (name !== 'Документ') this.reading.unknown(name);
			yield* this.takeAll(documents);
			yield* this.flush();
		} else if (record.kind === 'document') {
			this.reading.around = [];
			yield* this.takeAll([record.element]);
		} else if (record.kind === 'counterparty') {
			this.reading.around = ['Контрагенты'];
			this.reading.unknown('Контрагент');
		}
	}

	private *takeAll(documents: readonly XmlElement[]): Generator<OrderRecord> {
		for (const element of documents) {
			if (isOrder(element)) {
				yield* this.flush();
				this.open = { element, beside: [] };
			} else this.takePart(element);
		}
	}

	private takePart(element: XmlElement): void {
		const order = element.textOf('Основание')?.trim() ?? '';
		if (this.open && (order === '' || order === this.open.element.textOf('Ид')?.trim())) this.open.beside.push(element);
		else {
			this.reading.object = element.textOf('Ид');
			this.reading.note('ORDER_DOCUMENT_PART_STRAY', 'Документ', { order: order.slice(0, 40) || '?' });
		}
	}

	*flush(): Generator<OrderRecord> {
		const { open } = this;
		this.open = undefined;
		if (open) yield this.read(open.element, open.beside);
	}

	private read(element: XmlElement, beside: readonly XmlElement[]): OrderRecord {
		const id = element.textOf('Ид')?.trim() || '?';
		try {
			return { kind: 'order', id, ...readOrder(element, beside, this.formed, this.settings, this.reading) };
		} catch (error) {
			return unreadable(id, error);
		}
	}
}

/** Throws what is no error of the order. */
function unreadable(id: string, error: unknown): OrderRecord {
	if (error instanceof SyncError) return { kind: 'unreadable', id, error };
	throw error;
}
