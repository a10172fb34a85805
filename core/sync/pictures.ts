import { answeredId } from '../bitrix/answeredId';
import { fingerprint } from '../model/fingerprint';
import { textOf } from '../bitrix/property';
import type { Picture } from '../model/catalog';
import type { Policy } from './mapping';

/** A picture of an item as `catalog.productImage.list` shows it. */
export interface PresentPicture {
	id: number;
	name: string;
	type: string;
}

/** Where Bitrix shows a picture: as the one of the item's page, or among further ones. */
export type PictureType = 'DETAIL_PICTURE' | 'MORE_PHOTO';

/** What is to be done to the pictures of one item. */
export interface PicturePlan {
	/** In the order in which they are to be sent: an item whose detail picture is there has all of them. */
	add: Array<{ picture: Picture; type: PictureType; name: string }>;
	/** Ids of pictures of ours that are not wanted any more. */
	remove: number[];
}

const OURS = /ms_([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})_([0-9a-z]+-\d+)/i;

/** The name under which a picture is sent: by it the picture is known as ours, and whether it has changed since. */
export function pictureName({ id, size, updated, filename }: Picture): string {
	const ending = /\.(jpe?g|png)$/i.exec(filename)?.[1]?.toLowerCase() ?? 'jpg';
	return `ms_${id}_${fingerprint(`${size} ${updated}`)}.${ending}`;
}

const markOf = (name: string): string | undefined => OURS.exec(name)?.[0].toLowerCase();

/**
 * Which pictures to send and which to delete. Pictures that are not ours are never touched: the detail picture is only
 * replaced when it is ours. No pictures in MoySklad is an empty source, which never clears.
 */
export function planPictures(wanted: readonly Picture[], present: readonly PresentPicture[], policy: Policy, hasMorePhotos: boolean): PicturePlan {
	const detail = present.find(({ type }) => type === 'DETAIL_PICTURE');
	if (policy === 'never' || wanted.length === 0 || (policy !== 'always' && detail)) return { add: [], remove: [] };
	const detailIsFree = !detail || markOf(detail.name) !== undefined;
	const placed = wanted.map((picture, index) => ({
		picture, name: pictureName(picture), type: index === 0 && detailIsFree ? ('DETAIL_PICTURE' as const) : ('MORE_PHOTO' as const),
	}));
	const possible = placed.filter(({ type }) => type === 'DETAIL_PICTURE' || hasMorePhotos);
	const isThere = ({ name, type }: { name: string; type: string }): boolean => present.some((one) => one.type === type && markOf(one.name) === markOf(name));
	const add = possible.filter((one) => !isThere(one)).sort((one, other) => Number(one.type === 'DETAIL_PICTURE') - Number(other.type === 'DETAIL_PICTURE'));
	const isWanted = ({ name, type }: PresentPicture): boolean => possible.some((one) => one.type === type && markOf(one.name) === markOf(name));
	const isReplaced = ({ type }: PresentPicture): boolean => type === 'DETAIL_PICTURE' && add.some((one) => one.type === type);
	// Bitrix may make a preview of the detail picture, with its name: that one is not ours.
	const isOurs = ({ name, type }: PresentPicture): boolean => markOf(name) !== undefined && type !== 'PREVIEW_PICTURE';
	const surplus = policy === 'always' ? present.filter((one) => isOurs(one) && !isWanted(one) && !isReplaced(one)) : [];
	return { add, remove: surplus.map(({ id }) => id) };
}

/** A row of `catalog.productImage.list`. Throws ANSWER_UNEXPECTED when it has no id. */
export const readPicture = (row: Record<string, unknown>): PresentPicture => ({
	id: answeredId(row, 'catalog.productImage.list'),
	name: textOf(row.name) ?? '',
	type: textOf(row.type) ?? '',
});
