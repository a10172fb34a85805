import { z } from 'zod';
import { idOf } from '../moysklad/reference';

/** What decides which threshold holds for a good. */
export interface WatchedGood {
	id: string;
	/** The product of a variant. */
	parent?: string;
	/** Its folder and those above it, the nearest first. */
	folders: readonly string[];
	/** MoySklad's own minimum; undefined where it is not set. */
	minimum?: number;
	name: string;
	code: string;
}

type Link = Parameters<typeof idOf>[0];

const goodSchema = z.object({
	id: z.string(),
	name: z.string().nullish(),
	code: z.string().nullish(),
	archived: z.boolean().nullish(),
	minimumBalance: z.number().nullish(),
	product: z.unknown(),
	productFolder: z.unknown(),
});

/** A row of the assortment with its product and folders in the place of links; undefined for what is archived or no good at all. */
export function watchedGood(row: unknown): WatchedGood | undefined {
	const parsed = goodSchema.safeParse(row);
	if (!parsed.success || parsed.data.archived) return undefined;
	const { id, name, code, product, productFolder } = parsed.data;
	const parent = idOf(product as Link);
	const holder = (parent === undefined ? parsed.data : product) as { minimumBalance?: number | null };
	return {
		id: id.toLowerCase(),
		...(parent !== undefined && { parent }),
		folders: folderIds(parent === undefined ? productFolder : (product as { productFolder?: unknown }).productFolder),
		...(holder.minimumBalance ? { minimum: holder.minimumBalance } : {}),
		name: name ?? '',
		code: code ?? '',
	};
}

function folderIds(folder: unknown): string[] {
	const ids = new Set<string>();
	for (let current = folder; current; current = (current as { productFolder?: unknown }).productFolder) {
		const id = idOf(current as Link);
		if (id === undefined || ids.has(id)) break;
		ids.add(id);
	}
	return [...ids];
}
