import type { Deployment, StatefulSet } from 'kubernetes-types/apps/v1.js';
import type { ConfigMap, Namespace, Service } from 'kubernetes-types/core/v1.js';
import type { Ingress, NetworkPolicy } from 'kubernetes-types/networking/v1.js';
import type { PodDisruptionBudget } from 'kubernetes-types/policy/v1.js';

/** The kinds of manifests, as Kubernetes publishes their types. */
export interface Kinds {
  readonly 'v1 Namespace': Namespace;
  readonly 'v1 ConfigMap': ConfigMap;
  readonly 'v1 Service': Service;
  readonly 'apps/v1 Deployment': Deployment;
  readonly 'apps/v1 StatefulSet': StatefulSet;
  readonly 'networking.k8s.io/v1 Ingress': Ingress;
  readonly 'networking.k8s.io/v1 NetworkPolicy': NetworkPolicy;
  readonly 'policy/v1 PodDisruptionBudget': PodDisruptionBudget;
}
