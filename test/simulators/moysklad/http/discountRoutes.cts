import { refusal } from '../errors.cts';
import type { Row } from '../engine/schema.cts';
import { showRow } from '../engine/showing.cts';
import { pageMeta, parsePage } from '../query/paging.cts';
import { DISCOUNT_KINDS } from '../resources/discounts.cts';
import { byMethod, ok, type ApiAnswer, type ApiRequest } from './api.cts';

/** `/entity/discount`: discounts of every kind in one list, each with the address of its own kind. It knows pages and nothing else (1034). */
export const allDiscountsRoute = (request: ApiRequest): ApiAnswer | Promise<ApiAnswer> =>
	byMethod(request, {
		GET({ query, session }) {
			const { account } = session;
			session.require('view', 'discount');
			if (query.filter() !== '') throw refusal(1034, query.filter());
			const page = parsePage(query);
			const rows = DISCOUNT_KINDS.flatMap((resource) => account.table(resource.type).all().map((row): [typeof resource, Row] => [resource, row]));
			return ok({
				context: account.context(session.user),
				meta: pageMeta(`${account.base}/entity/discount`, 'discount', rows.length, page, query),
				rows: rows.slice(page.offset, page.offset + page.limit).map(([resource, row]) => showRow(row, resource, session)),
			});
		},
	});
