/**
 * @generated SignedSource<<d9691808ab61c5fc792ef970cc89bdee>>
 * @lightSyntaxTransform
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

import { ConcreteRequest } from 'relay-runtime';
export type HaloErrorCode = "ACCESS_DENIED" | "AUTHORITATIVE_SERVER_CHANGED" | "INVALID_INPUT" | "NOT_FOUND" | "OPERATION_NOT_SUPPORTED" | "OUTCOME_UNKNOWN" | "PMS_ERROR" | "PRACTICE_IDENTITY_CHANGED" | "QUERY_TIMED_OUT" | "RATE_LIMITED" | "RESULT_EXPIRED" | "RESULT_TOO_LARGE" | "SITE_UNAVAILABLE" | "SLOT_TAKEN" | "UPSTREAM_FAILED" | "%future added value";
export type BookAppointmentInput = {
  bpSiteId: string;
  durationMinutes?: number | null | undefined;
  idempotencyKey?: string | null | undefined;
  locationId?: string | null | undefined;
  patientId: string;
  reason?: string | null | undefined;
  start: string;
  typeId?: string | null | undefined;
  userId: string;
};
export type useDeskBookMutation$variables = {
  connections: ReadonlyArray<string>;
  input: BookAppointmentInput;
};
export type useDeskBookMutation$data = {
  readonly bookAppointment: {
    readonly __typename: string;
    readonly code?: HaloErrorCode;
    readonly edge?: {
      readonly node: {
        readonly id: string;
        readonly patient: {
          readonly fullName: string;
        } | null | undefined;
        readonly start: string;
      };
    };
    readonly message?: string;
    readonly retryable?: boolean;
  };
};
export type useDeskBookMutation = {
  response: useDeskBookMutation$data;
  variables: useDeskBookMutation$variables;
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
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "fullName",
  "storageKey": null
},
v7 = {
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
    "name": "useDeskBookMutation",
    "selections": [
      {
        "alias": null,
        "args": (v2/*:: as any*/),
        "concreteType": null,
        "kind": "LinkedField",
        "name": "bookAppointment",
        "plural": false,
        "selections": [
          (v3/*:: as any*/),
          {
            "kind": "InlineFragment",
            "selections": [
              {
                "alias": null,
                "args": null,
                "concreteType": "AppointmentEdge",
                "kind": "LinkedField",
                "name": "edge",
                "plural": false,
                "selections": [
                  {
                    "alias": null,
                    "args": null,
                    "concreteType": "Appointment",
                    "kind": "LinkedField",
                    "name": "node",
                    "plural": false,
                    "selections": [
                      (v4/*:: as any*/),
                      (v5/*:: as any*/),
                      {
                        "alias": null,
                        "args": null,
                        "concreteType": "Patient",
                        "kind": "LinkedField",
                        "name": "patient",
                        "plural": false,
                        "selections": [
                          (v6/*:: as any*/)
                        ],
                        "storageKey": null
                      }
                    ],
                    "storageKey": null
                  }
                ],
                "storageKey": null
              }
            ],
            "type": "BookAppointmentPayload",
            "abstractKey": null
          },
          (v7/*:: as any*/)
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
    "name": "useDeskBookMutation",
    "selections": [
      {
        "alias": null,
        "args": (v2/*:: as any*/),
        "concreteType": null,
        "kind": "LinkedField",
        "name": "bookAppointment",
        "plural": false,
        "selections": [
          (v3/*:: as any*/),
          {
            "kind": "InlineFragment",
            "selections": [
              {
                "alias": null,
                "args": null,
                "concreteType": "AppointmentEdge",
                "kind": "LinkedField",
                "name": "edge",
                "plural": false,
                "selections": [
                  {
                    "alias": null,
                    "args": null,
                    "concreteType": "Appointment",
                    "kind": "LinkedField",
                    "name": "node",
                    "plural": false,
                    "selections": [
                      (v4/*:: as any*/),
                      (v5/*:: as any*/),
                      {
                        "alias": null,
                        "args": null,
                        "concreteType": "Patient",
                        "kind": "LinkedField",
                        "name": "patient",
                        "plural": false,
                        "selections": [
                          (v6/*:: as any*/),
                          (v4/*:: as any*/)
                        ],
                        "storageKey": null
                      }
                    ],
                    "storageKey": null
                  }
                ],
                "storageKey": null
              },
              {
                "alias": null,
                "args": null,
                "filters": null,
                "handle": "appendEdge",
                "key": "",
                "kind": "LinkedHandle",
                "name": "edge",
                "handleArgs": [
                  {
                    "kind": "Variable",
                    "name": "connections",
                    "variableName": "connections"
                  }
                ]
              }
            ],
            "type": "BookAppointmentPayload",
            "abstractKey": null
          },
          (v7/*:: as any*/)
        ],
        "storageKey": null
      }
    ]
  },
  "params": {
    "cacheID": "508c4fa797b0059d87087fc2fc728452",
    "id": null,
    "metadata": {},
    "name": "useDeskBookMutation",
    "operationKind": "mutation",
    "text": "mutation useDeskBookMutation(\n  $input: BookAppointmentInput!\n) {\n  bookAppointment(input: $input) {\n    __typename\n    ... on BookAppointmentPayload {\n      edge {\n        node {\n          id\n          start\n          patient {\n            fullName\n            id\n          }\n        }\n      }\n    }\n    ... on HaloError {\n      __isHaloError: __typename\n      code\n      message\n      retryable\n    }\n  }\n}\n"
  }
};
})();

(node as any).hash = "c2753224e0529e85212f2e8106834269";

export default node;
