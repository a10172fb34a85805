import type { Answer } from '../../kernel/simulator.cts';
import { ADMINISTRATORS, findByBasic } from './accounts.cts';
import { failure, loginPage, TEXTS } from './answers.cts';
import { parameter, type ExchangeCall } from './call.cts';

/** Why a call is not carried out; undefined when it is. */
type Refusal = string | Answer | undefined;

/** Basic credentials log their session in, on whatever call they come. A wrong login ends what the session was. */
export function logIn({ site, session }: ExchangeCall, authorization: string | undefined): void {
	if (authorization === undefined || !site.settings.passesAuthorization) return;
	const account = findByBasic(site.accounts, authorization);
	if (account) session.account = account;
	else delete session.account;
}

export function refuseCatalog(call: ExchangeCall): Refusal {
	const { settings } = call.site;
	const { account } = call.session;
	if (call.mode !== 'checkauth') {
		if (isSourceRight(call)) settings.catalogSourceCheck = true;
		else if (settings.catalogSourceCheck) return failure(TEXTS.source);
	}
	const stranger = refuseStranger(call);
	if (stranger !== undefined) return stranger;
	if (!isInGroups(account?.groups, [ADMINISTRATORS, ...settings.catalogGroups])) return failure(TEXTS.catalogGroup);
	return settings.modules.includes('iblock') ? undefined : failure(TEXTS.module('iblock'));
}

/** Administrators get no bypass here. */
export function refuseSale(call: ExchangeCall): Refusal {
	const { settings } = call.site;
	if (parameter(call, 'sessid') !== '') settings.saleSourceCheck = true;
	const missing = ['sale', 'catalog'].find((module) => !settings.modules.includes(module));
	if (missing !== undefined) return failure(TEXTS.module(missing));
	const stranger = refuseStranger(call);
	if (stranger !== undefined) return stranger;
	if (call.mode !== 'checkauth' && settings.saleSourceCheck && !isSourceRight(call)) return failure(TEXTS.source);
	return isInGroups(call.session.account?.groups, settings.saleGroups) ? undefined : failure(TEXTS.saleGroup);
}

/** Who is not logged in; an account without access to the administrative pages only ever sees the login page. */
function refuseStranger({ site, session }: ExchangeCall): Refusal {
	const { badLogin } = site.settings;
	const { account } = session;
	if (account && !account.adminAccess) return loginPage(typeof badLogin === 'number' ? badLogin : 200);
	if (account) return undefined;
	return badLogin === 'failure' ? failure(TEXTS.login) : loginPage(badLogin);
}

const isSourceRight = (call: ExchangeCall): boolean => {
	const sessid = parameter(call, 'sessid') || call.csrfToken;
	return sessid === call.session.sessid;
};

const isInGroups = (groups: readonly number[] | undefined, allowed: readonly number[]): boolean =>
	(groups ?? []).some((group) => allowed.includes(group));
