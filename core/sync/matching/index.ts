export * from './ambiguity';
export * from './comparison';
export * from './directory';
export * from './duplicates';
export * from './party';
export { namesAgree, nameSimilarity, readName, type PartyName } from './partyName';
export { RULE_WORDS, type MatchRule } from './rules';
export * from './searchText';
