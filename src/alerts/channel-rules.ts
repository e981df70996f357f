import { RULES, type Rule } from '../access/rules';

/** Who may change a channel: it is a setting of its place, and whoever holds it hears what happens there. */
export const CHANNEL_ADMIN: Rule = {
  text: "administrator of the channel's team or organization; of the server for one of the whole server",
  // Without a team only the organization's administrator passes, and without both only the server's.
  allows: RULES.teamAdmin.allows,
};
