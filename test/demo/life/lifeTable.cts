import { rubles } from '../rubles.cts';
import type { Line, Step } from './orderLife.cts';

const WIDTHS = { number: 3, place: 9, what: 47, status: 12, amount: 12 };

const columns = (number: string, place: string, what: string, status: string, ...amounts: string[]): string =>
	`${number.padStart(WIDTHS.number)}  ${place.padEnd(WIDTHS.place)} ${what.padEnd(WIDTHS.what)} ${status.padEnd(WIDTHS.status)}${amounts.map((amount) => amount.padStart(WIDTHS.amount)).join('')}`;

const HEAD = columns('', '', '', 'status', 'sum', 'paid', 'shipped');

/** The head of the steps of a life. */
export const lifeHead = (title: string): string => [title.padEnd(HEAD.indexOf('status')) + HEAD.slice(HEAD.indexOf('status')), '-'.repeat(HEAD.length + 2)].join('\n');

/** A step in two lines: what a person did, and what came of it on the other side. */
export const lifeStep = ({ act, follows, agrees }: Step, number: number): string =>
	[row(`${number}`, act), `${row('', follows, '→ ')}  ${agrees ? '=' : '≠'}`].join('\n');

const row = (number: string, { place, what, figures }: Line, mark = ''): string =>
	columns(number, place, mark + what, figures?.status ?? '–', ...(figures ? [figures.sum, figures.paid, figures.shipped].map(rubles) : ['–', '–', '–']));
