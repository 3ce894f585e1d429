#include "antler/visual/svg_text.h"

#include <gtest/gtest.h>

namespace antler::visual {
namespace {

TEST(SvgText, EscapesWhatXmlReads) {
  EXPECT_EQ(xml_text("a<b>&\"c'"), "a&lt;b&gt;&amp;&quot;c&#39;");
}

TEST(SvgText, KeepsUtf8) {
  EXPECT_EQ(xml_text("größe 层 🦌"), "größe 层 🦌");
}

TEST(SvgText, WritesLineBreaksAsSpaces) {
  EXPECT_EQ(xml_text("a\nb\tc"), "a b c");
}

TEST(SvgText, ReplacesWhatXmlCannotHold) {
  const std::string replaced = "\xEF\xBF\xBD";
  EXPECT_EQ(xml_text("\x01"), replaced);
  EXPECT_EQ(xml_text(std::string_view("\0", 1)), replaced);
  EXPECT_EQ(xml_text("\xFF"), replaced);
  EXPECT_EQ(xml_text("\xC3"), replaced);                           // cut short
  EXPECT_EQ(xml_text("\xC0\xAF"), replaced + replaced);            // longer than need be
  EXPECT_EQ(xml_text("\xED\xA0\x80"), replaced);                   // a surrogate
  EXPECT_EQ(xml_text("\xEF\xBF\xBF"), replaced);                   // no character
  EXPECT_EQ(xml_text("\xF4\x90\x80\x80").substr(0, 3), replaced);  // past the last one
}

TEST(SvgText, IsWiderTheMoreItSays) {
  EXPECT_EQ(text_width("", 12), 0.0);
  EXPECT_LT(text_width("ill", 12), text_width("mow", 12));
  EXPECT_LT(text_width("conv2d", 12), text_width("conv2d", 12, true));
  EXPECT_DOUBLE_EQ(text_width("层", 12), text_width("ü", 12) * 1.5);
}

}  // namespace
}  // namespace antler::visual
