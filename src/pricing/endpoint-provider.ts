/** The provider that calls of pass-through endpoints are priced, limited and booked under, with their path as the model. */
export const ENDPOINT_PROVIDER = 'pass_through';
