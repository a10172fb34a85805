import { refusal } from '../errors.cts';
import { oneRow } from '../engine/lists.cts';
import { isObject, type Json, type Resource, type Row } from '../engine/schema.cts';
import { namedId, replaceRows } from '../engine/writing.cts';
import { byMethod, done, eachByItself, ok, type ApiAnswer, type ApiRequest } from '../http/api.cts';
import { movedToApiId } from '../http/entityRoutes.cts';
import { header } from '../http/gate.cts';
import { pageMeta, parsePage } from '../query/paging.cts';
import { picturesOf, readPictures, showPicture, withPicture, type Picture } from './pictureKind.cts';

/** `/entity/<type>/<id>/images…` and `/download/<id>`. */

const USUAL_SECONDS = 60;
const MOST_SECONDS = 86_400;

export function pictureRoute(
	resource: Resource,
	id: string,
	rest: readonly string[],
	request: ApiRequest,
): ApiAnswer | Promise<ApiAnswer> {
	if (!resource.fields.images) throw refusal(1002, request.path.join('/'));
	const moved = request.method === 'GET' ? movedToApiId(resource, id, request) : undefined;
	if (moved) return moved;
	const { session } = request;
	const owner = oneRow(resource, id, session);
	const keep = (pictures: Picture[]): Row =>
		replaceRows(resource, owner, 'images', pictures as unknown as Row[], session);
	const [key] = rest;
	if (key === undefined) {
		return byMethod(request, {
			GET: () => ok(listed(owner, request)),
			POST: ({ body }) =>
				ok(
					shownAll(
						keep(
							Array.isArray(body)
								? readPictures(body, picturesOf(owner), session)
								: withPicture(picturesOf(owner), body, session),
						),
						request,
					),
				),
		});
	}
	if (key === 'delete') return byMethod(request, { POST: () => removeMany(resource, owner, request) });
	const picture = named(owner, key);
	return byMethod(request, {
		GET: () => ok(showPicture(picture, owner, session)),
		DELETE: () => {
			keep(picturesOf(owner).filter((one) => one !== picture));
			return done;
		},
	});
}

/** Sends the caller on to a link that works for a minute, or for as long as the header says. */
export function downloadRoute(id: string, request: ApiRequest): ApiAnswer | Promise<ApiAnswer> {
	const { session, query, call } = request;
	const { account } = session;
	if (!account.files.has(id)) throw refusal(1021, 'download', id);
	const asked = header(call, 'x-lognex-download-expiration-seconds');
	const seconds = asked === undefined ? USUAL_SECONDS : Number(asked);
	if (!(Number.isInteger(seconds) && seconds > 0 && seconds <= MOST_SECONDS))
		throw refusal(3030, 'X-Lognex-Download-Expiration-Seconds', String(asked));
	if (query.flag('miniature')) account.miniatures.add(id);
	return byMethod(request, {
		GET: () => ({ status: 302, headers: { location: account.storage.temporary(id, seconds) } }),
	});
}

function listed(owner: Row, { query, session }: ApiRequest): Json {
	const page = parsePage(query);
	const pictures = picturesOf(owner);
	return {
		context: session.account.context(session.user),
		meta: pageMeta(`${session.account.hrefOf(owner)}/images`, 'image', pictures.length, page, query),
		rows: pictures.slice(page.offset, page.offset + page.limit).map((one) => showPicture(one, owner, session)),
	};
}

const shownAll = (owner: Row, { session }: ApiRequest): Json[] =>
	picturesOf(owner).map((one) => showPicture(one, owner, session));

function removeMany(resource: Resource, owner: Row, { body, session }: ApiRequest): ApiAnswer {
	if (!Array.isArray(body)) throw refusal(2005);
	return eachByItself(body as unknown[], (one) => {
		const current = oneRow(resource, owner.id, session);
		const picture = named(current, (isObject(one) ? namedId(one) : undefined) ?? '');
		replaceRows(
			resource,
			current,
			'images',
			picturesOf(current).filter((other) => other !== picture) as unknown as Row[],
			session,
		);
		return { info: `image ${picture.id}: удаление выполнено` };
	});
}

function named(owner: Row, id: string): Picture {
	const picture = picturesOf(owner).find((one) => one.id === id.toLowerCase());
	if (!picture) throw refusal(1021, 'image', id);
	return picture;
}
