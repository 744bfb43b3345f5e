// The records as zod 4 schemas: what the provider documents, unknown members kept, as our reader keeps them.
import { z } from "zod";

const text = z.string().nullish();
const count = z.number().nullish();
const list = z.array(z.unknown()).nullish();

const ayrshareProfile = z.looseObject({
  status: text,
  title: text,
  displayTitle: text,
  created: z.looseObject({ _seconds: z.number(), _nanoseconds: z.number() }).nullish(),
  createdUTC: text,
  refId: z.string(),
  activeSocialAccounts: z.array(z.string()).nullish(),
  isByokLinked: z.boolean().nullish(),
  suspended: z.boolean().nullish(),
});

const insightiqProfile = z.looseObject({
  id: z.string(),
  created_at: text,
  updated_at: text,
  user: z.looseObject({ id: z.string(), name: text }),
  account: z.looseObject({ id: z.string(), platform_username: text }).nullish(),
  work_platform: z.looseObject({ id: z.string(), name: z.string(), logo_url: text }),
  platform_username: text,
  full_name: text,
  first_name: text,
  last_name: text,
  nick_name: text,
  url: text,
  introduction: text,
  image_url: text,
  date_of_birth: text,
  external_id: text,
  platform_account_type: text,
  category: text,
  website: text,
  reputation: z
    .looseObject({
      follower_count: count,
      following_count: count,
      subscriber_count: count,
      content_count: count,
      content_group_count: count,
      watch_time_in_hours: count,
    })
    .nullish(),
  emails: z.array(z.looseObject({ type: text, email_id: text })).nullish(),
  phone_numbers: z.array(z.looseObject({ type: text, phone_number: text })).nullish(),
  addresses: z.array(z.looseObject({ type: text, address: text })).nullish(),
  gender: text,
  country: text,
  platform_profile_name: text,
  platform_profile_id: text,
  platform_profile_published_at: text,
  is_verified: z.boolean().nullish(),
  is_business: z.boolean().nullish(),
  work_experiences: list,
  education: list,
  publications: list,
  certifications: list,
  volunteer_experiences: list,
  honors: list,
  projects: list,
});

/** A page of each provider, and where its list is. */
export const SCHEMAS = {
  ayrshare: { list: "profiles", page: z.looseObject({ profiles: z.array(ayrshareProfile) }) },
  insightiq: { list: "data", page: z.looseObject({ data: z.array(insightiqProfile) }) },
};
