import { BudgetChangedResolver } from '../limits/budget-changed.resolver';
import { LimitResolver } from '../limits/limit.resolver';
import { OrganizationResolver } from '../organizations/organization.resolver';

/** Every resolver class of the schema, feature by feature. `resolver-container.ts` makes an instance of each. */
export const resolvers = [
  // organizations
  OrganizationResolver,
  // limits
  LimitResolver,
  BudgetChangedResolver,
] as const;
