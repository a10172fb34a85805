import type { Reading } from '../codec/reading';
import type { XmlElement } from '../xml/element';
import { passedOver, readParts, type Parts } from './parts';
import { Requisites } from './requisites';

/** What orders, payments and shipments have in common. Texts are as the document says them, '' for what it does not say. */
export interface DocumentHead {
	id: string;
	number: string;
	/** `2026-11-20` and `18:45:21` by the clocks of the site. */
	day: string;
	time: string;
	operation: string;
	currency: string;
	/** Major units of `currency`. */
	sum: string;
	/** Of a payment or shipment: the id of its order. */
	basis: string;
	comment: string;
	/** Its number in 1C, or in whatever the site takes for it. */
	number1c: string;
	/** A shipment that is no more, or an order that is cancelled. */
	isRemoved: boolean;
	requisites: Requisites;
}

type Word = Exclude<keyof DocumentHead, 'isRemoved' | 'requisites'>;

const WORDS: Readonly<Record<string, Word>> = {
	Ид: 'id',
	Номер: 'number',
	Дата: 'day',
	Время: 'time',
	ХозОперация: 'operation',
	Валюта: 'currency',
	Сумма: 'sum',
	Основание: 'basis',
	Комментарий: 'comment',
	Номер1С: 'number1c',
};

/** Versions are the other program's business; the course is always 1, and stores come with the goods. */
const OTHERS = ['Роль', 'Курс', 'НомерВерсии', 'Дата1С', 'СрокПлатежа', 'Склады'];

/** Reads a document; `more` says what else its kind has. */
export function readHead(element: XmlElement, reading: Reading, more: Parts = {}, each: Parts = {}): DocumentHead {
	const head: DocumentHead = {
		id: '', number: '', day: '', time: '', operation: '', currency: '', sum: '', basis: '', comment: '', number1c: '', isRemoved: false, requisites: new Requisites(reading),
	};
	const words = Object.entries(WORDS).map(([name, key]) => [name, (one: XmlElement) => void (head[key] = reading.text(one).trim())] as const);
	readParts(
		element,
		reading,
		{
			...Object.fromEntries(words),
			...Object.fromEntries(OTHERS.map((name) => [name, passedOver])),
			ПометкаУдаления: (one) => void (head.isRemoved = reading.flag(one)),
			...more,
		},
		{ ЗначенияРеквизитов: (one) => head.requisites.add(one), ...each },
	);
	return head;
}
