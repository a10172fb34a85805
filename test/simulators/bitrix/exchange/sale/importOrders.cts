import { readDocuments, type TopNode } from '../xml/documentReader.cts';
import { child, textOf, type XmlNode } from '../xml/node.cts';
import type { ExchangeSite } from '../site.cts';
import { addOrder } from './addOrder.cts';
import { changeOrder } from './changeOrder.cts';
import { findOrder } from './findOrder.cts';
import { importPackage, packageRefusal } from './importPackage.cts';
import type { SaleProgress } from './progress.cts';

/** How far the file is imported, and what the site complains of. */
export interface ImportResult {
	done: boolean;
	/** Documents that are done. */
	position: number;
	warnings: string[];
}

/** Imports the next documents of a file, at most `limit`. A malformed one is left out without a word. */
export function importOrders(site: ExchangeSite, progress: SaleProgress, path: string, limit: number): ImportResult {
	const { root, tops } = readDocuments(site.orderFiles.read(path) ?? Buffer.alloc(0));
	const portion = tops.slice(progress.position, progress.position + limit);
	const warnings = portion.flatMap((top) => importTop(site, progress, root, top));
	const position = progress.position + portion.length;
	const done = position >= tops.length;
	return { done, position: done ? 0 : position, warnings };
}

/** Which path a document takes is decided by its schema and by what `init` was told. */
function importTop(site: ExchangeSite, { cmlVersion }: SaleProgress, root: XmlNode | undefined, top: TopNode): string[] {
	if (top.isBroken) return [];
	if (top.name === 'Контейнер') return packageRefusal(site) ?? importPackage(site, top.children, true);
	if (top.name !== 'Документ') return [];
	if (cmlVersion >= 2.1) return packageRefusal(site) ?? importPackage(site, withParts(top), true);
	const schema = Number.parseFloat(root?.attributes['ВерсияСхемы'] ?? '') || 0;
	if (schema >= 2.1) return packageRefusal(site) ?? importPackage(site, [top], false);
	return importClassic(site, top);
}

const withParts = (document: XmlNode): XmlNode[] => [document, ...(child(document, 'ПодчиненныеДокументы')?.children ?? [])];

/** An order that is not known is a success all the same: it is ignored, or made where the site wants new ones. */
function importClassic(site: ExchangeSite, document: XmlNode): string[] {
	if ((textOf(document, 'ХозОперация') ?? 'Заказ товара') !== 'Заказ товара') return [];
	const order = findOrder(site, document);
	if (order) return changeOrder(site, order, document);
	return site.settings.importNewOrders ? addOrder(site, document) : [];
}
