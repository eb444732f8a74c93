/**
 * @generated SignedSource<<369094ab753338330e4463e209f60eba>>
 * @lightSyntaxTransform
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

import { ConcreteRequest } from 'relay-runtime';
export type HaloErrorCode = "ACCESS_DENIED" | "AUTHORITATIVE_SERVER_CHANGED" | "INVALID_INPUT" | "NOT_FOUND" | "OPERATION_NOT_SUPPORTED" | "OUTCOME_UNKNOWN" | "PMS_ERROR" | "PRACTICE_IDENTITY_CHANGED" | "QUERY_TIMED_OUT" | "RATE_LIMITED" | "RESULT_EXPIRED" | "RESULT_TOO_LARGE" | "SITE_UNAVAILABLE" | "SLOT_TAKEN" | "UPSTREAM_FAILED" | "%future added value";
export type MoveAppointmentInput = {
  appointmentId: string;
  bpSiteId: string;
  locationId?: string | null | undefined;
  start?: string | null | undefined;
  userId?: string | null | undefined;
};
export type useDeskMoveMutation$variables = {
  connections: ReadonlyArray<string>;
  input: MoveAppointmentInput;
};
export type useDeskMoveMutation$data = {
  readonly moveAppointment: {
    readonly __typename: string;
    readonly appointment?: {
      readonly id: string;
      readonly start: string;
    };
    readonly code?: HaloErrorCode;
    readonly message?: string;
    readonly retryable?: boolean;
  };
};
export type useDeskMoveMutation = {
  response: useDeskMoveMutation$data;
  variables: useDeskMoveMutation$variables;
};

const node: ConcreteRequest = (function(){
var v0 = {
  "defaultValue": null,
  "kind": "LocalArgument",
  "name": "connections"
},
v1 = {
  "defaultValue": null,
  "kind": "LocalArgument",
  "name": "input"
},
v2 = [
  {
    "kind": "Variable",
    "name": "input",
    "variableName": "input"
  }
],
v3 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "__typename",
  "storageKey": null
},
v4 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "id",
  "storageKey": null
},
v5 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "start",
  "storageKey": null
},
v6 = {
  "kind": "InlineFragment",
  "selections": [
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "code",
      "storageKey": null
    },
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "message",
      "storageKey": null
    },
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "retryable",
      "storageKey": null
    }
  ],
  "type": "HaloError",
  "abstractKey": "__isHaloError"
};
return {
  "fragment": {
    "argumentDefinitions": [
      (v0/*:: as any*/),
      (v1/*:: as any*/)
    ],
    "kind": "Fragment",
    "metadata": null,
    "name": "useDeskMoveMutation",
    "selections": [
      {
        "alias": null,
        "args": (v2/*:: as any*/),
        "concreteType": null,
        "kind": "LinkedField",
        "name": "moveAppointment",
        "plural": false,
        "selections": [
          (v3/*:: as any*/),
          {
            "kind": "InlineFragment",
            "selections": [
              {
                "alias": null,
                "args": null,
                "concreteType": "Appointment",
                "kind": "LinkedField",
                "name": "appointment",
                "plural": false,
                "selections": [
                  (v4/*:: as any*/),
                  (v5/*:: as any*/)
                ],
                "storageKey": null
              }
            ],
            "type": "MoveAppointmentPayload",
            "abstractKey": null
          },
          (v6/*:: as any*/)
        ],
        "storageKey": null
      }
    ],
    "type": "Mutation",
    "abstractKey": null
  },
  "kind": "Request",
  "operation": {
    "argumentDefinitions": [
      (v1/*:: as any*/),
      (v0/*:: as any*/)
    ],
    "kind": "Operation",
    "name": "useDeskMoveMutation",
    "selections": [
      {
        "alias": null,
        "args": (v2/*:: as any*/),
        "concreteType": null,
        "kind": "LinkedField",
        "name": "moveAppointment",
        "plural": false,
        "selections": [
          (v3/*:: as any*/),
          {
            "kind": "InlineFragment",
            "selections": [
              {
                "alias": null,
                "args": null,
                "concreteType": "Appointment",
                "kind": "LinkedField",
                "name": "appointment",
                "plural": false,
                "selections": [
                  (v4/*:: as any*/),
                  {
                    "alias": null,
                    "args": null,
                    "filters": null,
                    "handle": "deleteEdge",
                    "key": "",
                    "kind": "ScalarHandle",
                    "name": "id",
                    "handleArgs": [
                      {
                        "kind": "Variable",
                        "name": "connections",
                        "variableName": "connections"
                      }
                    ]
                  },
                  (v5/*:: as any*/)
                ],
                "storageKey": null
              }
            ],
            "type": "MoveAppointmentPayload",
            "abstractKey": null
          },
          (v6/*:: as any*/)
        ],
        "storageKey": null
      }
    ]
  },
  "params": {
    "cacheID": "a9f018fadae2faa008b62d95cb4a95b0",
    "id": null,
    "metadata": {},
    "name": "useDeskMoveMutation",
    "operationKind": "mutation",
    "text": "mutation useDeskMoveMutation(\n  $input: MoveAppointmentInput!\n) {\n  moveAppointment(input: $input) {\n    __typename\n    ... on MoveAppointmentPayload {\n      appointment {\n        id\n        start\n      }\n    }\n    ... on HaloError {\n      __isHaloError: __typename\n      code\n      message\n      retryable\n    }\n  }\n}\n"
  }
};
})();

(node as any).hash = "4731e0ac1b8a2bbd29bd2c84bff63f77";

export default node;
