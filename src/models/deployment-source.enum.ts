import { enumType } from '../platform/graphql/enum-type';
import { DEPLOYMENT_SOURCE_DOCS } from '../domain/models/deployment-source';

export const DeploymentSourceEnum = enumType(
  'DeploymentSource',
  'Who said that a deployment exists.',
  DEPLOYMENT_SOURCE_DOCS,
);
