import { fieldRefusal } from '../errors.cts';
import { namedId } from '../engine/writing.cts';
import { wrongType } from '../engine/kinds.cts';
import { isObject, type ExpandTree, type Json, type Kind, type Row } from '../engine/schema.cts';
import { formatMoment } from '../moments.cts';
import type { Session } from '../session.cts';
import { fileId, type StoredFile } from './files.cts';

/** Pictures of goods. */

export interface Picture extends StoredFile {
	title: string;
	/** When it was uploaded, ms since 1970. */
	updated: number;
}

const MOST_PICTURES = 10;
const MOST_MEGABYTES = 3;
const SIGNATURES = { png: Buffer.from([0x89, 0x50, 0x4e, 0x47]), jpg: Buffer.from([0xff, 0xd8, 0xff]) };

export const picturesOf = (row: Row): Picture[] => (row.images as Picture[] | undefined) ?? [];

/** The `images` field: shown as a collection, written as a whole list; kept ones are named by `meta`. */
export const pictures = {
	noFilter: true,
	initial: (): Picture[] => [],
	kind: {
		label: 'MetaArray',
		targets: ['image'],
		parse(value, place) {
			if (isObject(value)) return place.before;
			if (!Array.isArray(value)) throw wrongType(place, 'Array');
			return readPictures(value, (place.before as Picture[] | undefined) ?? [], place.session);
		},
		show: (stored, { session, row, expand }) => showPictures(stored as Picture[], row, session, expand),
	} satisfies Kind,
};

/** A whole new list: new pictures with content, old ones by `meta`. Throws 51002, 51004, 51006. */
export function readPictures(values: readonly unknown[], known: readonly Picture[], session: Session): Picture[] {
	const read = values.map((value) => {
		if (!isObject(value)) throw fieldRefusal(2016, 'images', 'images', 'Object');
		return known.find(({ id }) => id === namedId(value)) ?? readPicture(value, session);
	});
	return limited([...new Map(read.map((one) => [one.id, one])).values()]);
}

/** The list with one more picture. */
export const withPicture = (known: readonly Picture[], value: unknown, session: Session): Picture[] => {
	if (!isObject(value)) throw fieldRefusal(2016, 'images', 'images', 'Object');
	const added = readPicture(value, session);
	return limited([...known.filter(({ id }) => id !== added.id), added]);
};

export function showPicture(picture: Picture, owner: Row, session: Session): Json {
	const { account, fields } = session;
	const download = `${account.base}/download/${picture.id}`;
	return {
		meta: {
			href: `${account.hrefOf(owner)}/images/${picture.id}`,
			type: 'image',
			mediaType: 'application/json',
			downloadHref: download,
			...(fields === 'downloadPermanentHref' && { downloadPermanentHref: account.storage.permanent(picture.id) }),
		},
		title: picture.title,
		filename: picture.filename,
		size: picture.size,
		updated: formatMoment(picture.updated),
		miniature: {
			href: `${download}?miniature=true`,
			type: 'image',
			mediaType: 'image/png',
			downloadHref: account.miniatures.has(picture.id) ? `${download}?miniature=true` : null,
		},
		tiny: { href: `${download}?tiny=true`, type: 'image', mediaType: 'image/png' },
	};
}

function showPictures(list: Picture[], row: Row, session: Session, expand: ExpandTree | undefined): Json {
	const meta = {
		href: `${session.account.hrefOf(row)}/images`,
		type: 'image',
		mediaType: 'application/json',
		size: list.length,
		limit: 1000,
		offset: 0,
	};
	return expand ? { meta, rows: list.map((one) => showPicture(one, row, session)) } : { meta };
}

function readPicture(value: Json, session: Session): Picture {
	const { filename, content } = value;
	if (typeof filename !== 'string' || filename === '') throw fieldRefusal(1076, 'filename');
	if (typeof content !== 'string' || content === '') throw fieldRefusal(1077, 'content');
	const bytes = Buffer.from(content, 'base64');
	if (!isPicture(filename, bytes)) throw fieldRefusal(51002, 'images');
	if (bytes.length > MOST_MEGABYTES * 1024 * 1024) throw fieldRefusal(51004, 'images', String(MOST_MEGABYTES));
	return {
		id: fileId(filename, bytes),
		filename,
		title: filename.replace(/\.[^.]+$/, ''),
		size: bytes.length,
		updated: session.now,
		content: () => bytes,
	};
}

const isPicture = (filename: string, bytes: Buffer): boolean =>
	/\.(png|jpe?g)$/i.test(filename) &&
	Object.values(SIGNATURES).some((signature) => bytes.subarray(0, signature.length).equals(signature));

function limited(list: Picture[]): Picture[] {
	if (list.length > MOST_PICTURES) throw fieldRefusal(51006, 'images', String(MOST_PICTURES));
	return list;
}
